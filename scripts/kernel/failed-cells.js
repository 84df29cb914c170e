/** Cells that did not compile, so that what they declare is not there. @type {Set<string>} */
const failed = new Set();

/** @param {string} source a cell that did not compile */
function noteFailed(source) {
  failed.add(source);
}

/**
 * Whether a piece of source declares a name, wherever in it.
 * @param {string} source
 * @param {string} name
 */
function declares(source, name) {
  return new RegExp(
    `\\b(?:function\\*?|const|let|var|class)\\s+${name.replaceAll('$', '\\$')}(?![\\w$])`,
  ).test(source);
}

/**
 * Says why something that the learner has declared is not there.
 * @param {string} name that nothing declares where it is used
 * @param {string} cell that uses it
 * @returns {string | undefined}
 */
function explainOwnName(name, cell) {
  if (declares(cell, name)) return `${name} is known only between the braces { } that declare it.`;
  return [...failed].some((source) => declares(source, name))
    ? `The cell that declares ${name} failed before it ran: mend that one, and run it first.`
    : undefined;
}

module.exports = { explainOwnName, noteFailed };
