const ts = require('@tslab/typescript-for-tslab');

/**
 * Writes `{ model: model }` for `{ model }`. tslab 1.0.22 turns a name from an earlier cell into `exports.model`, but
 * forgets it in the short form: «ReferenceError: model is not defined».
 * @param {string} source a cell
 * @returns {string} a cell that means the same
 */
function expandShorthand(source) {
  return shortNames(source).reduceRight(
    (text, { start, end }) => `${text.slice(0, end)}: ${text.slice(start, end)}${text.slice(end)}`,
    source,
  );
}

/**
 * Where in a cell stands what stands at a position of its long form.
 * @param {string} source a cell
 * @param {number} position in what expandShorthand gives
 * @returns {number}
 */
function positionInSource(source, position) {
  let inSource = position;
  for (const { start, end } of shortNames(source)) {
    // The name once more behind its colon is the name itself.
    if (inSource > end) inSource = Math.max(start, inSource - (end - start) - 2);
  }
  return inSource;
}

/** @param {string} source */
function shortNames(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  /** @type {Array<{ start: number, end: number }>} */
  const names = [];
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isShorthandPropertyAssignment(node)) {
      names.push({ start: node.name.getStart(file), end: node.name.getEnd() });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}

module.exports = { expandShorthand, positionInSource };
