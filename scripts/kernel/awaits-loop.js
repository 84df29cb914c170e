const ts = require('@tslab/typescript-for-tslab');

/**
 * Whether a cell itself, not a function in it, has a `for await`: tslab 1.0.22 looks for the `await` of an expression only
 * and then runs the loop where it is not allowed.
 * @param {string} source a cell
 */
function awaitsLoop(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  /** @param {import('typescript').Node} node @returns {boolean | undefined} */
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    return (
      (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
      ts.forEachChild(node, visit)
    );
  };
  return visit(file) ?? false;
}

module.exports = { awaitsLoop };
