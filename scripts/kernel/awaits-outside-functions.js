const ts = require('@tslab/typescript-for-tslab');

/**
 * Whether a cell itself, not a function in it, awaits something. tslab 1.0.22 asks for the compiler's complaint about it,
 * and there is none about a `for await`, nor in a statement with an `await (…)`, `await […]` or the like.
 * @param {string} source a cell
 */
function awaitsOutsideFunctions(source) {
  // In a module alone the compiler takes `await (…)` for no call of a function.
  const text = `${source}\nexport {};`;
  const file = ts.createSourceFile('cell.ts', text, ts.ScriptTarget.Latest);
  /** @param {import('typescript').Node} node @returns {boolean | undefined} */
  const visit = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return false;
    return (
      ts.isAwaitExpression(node) ||
      (ts.isForOfStatement(node) && node.awaitModifier !== undefined) ||
      ts.forEachChild(node, visit)
    );
  };
  return visit(file) ?? false;
}

module.exports = { awaitsOutsideFunctions };
