const ts = require('@tslab/typescript-for-tslab');

/**
 * Finds the function whose arguments are being written, so that Shift+Tab behind `f(` tells of `f`, as in Python.
 * @param {string} source a cell, perhaps unfinished
 * @param {number} position the cursor's
 * @returns {number | undefined} where the function's name ends; undefined outside of arguments
 */
function findCall(source, position) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  /** @type {number | undefined} */
  let innermost;
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const [name, end] = [node.expression.getEnd(), node.getEnd()];
      // A call without its closing bracket ends, for the compiler, before the spaces that follow.
      const isOpen = source[end - 1] !== ')' && source.slice(end, position).trim() === '';
      if (name < position && (position <= end || isOpen)) innermost = name;
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return innermost;
}

module.exports = { findCall };
