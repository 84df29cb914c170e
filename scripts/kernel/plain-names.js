/** What the compiler calls the packages that cells import, as `smile_lab_1`. @type {Set<string>} */
const packages = new Set();

/** @param {string} output a cell as it runs */
function notePackages(output) {
  for (const [, name = ''] of output.matchAll(/^const (\w+_\d+) = /gm)) packages.add(name);
}

/**
 * Writes in what the engine says of a cell's code the names that its author has written: `model` for `exports.model`,
 * `tf` for `smile_lab_1.tf`.
 * @param {string} message
 * @returns {string}
 */
function plainNames(message) {
  const isAdded = (/** @type {string} */ name) => name === 'exports' || packages.has(name);
  return message
    .replace(/\(0 ?, (\w+)\.([\w$.]+)\)/g, (all, owner, name) => (isAdded(owner) ? name : all))
    .replace(/(?<![\w$.])(\w+)\.(?=[\w$])/g, (all, owner) => (isAdded(owner) ? '' : all));
}

module.exports = { notePackages, plainNames };
