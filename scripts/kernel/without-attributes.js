const ts = require('@tslab/typescript-for-tslab');

/**
 * Takes `with { type: 'json' }` out of an import, which TypeScript 5.0 does not know and the kernel does not need. What
 * stays keeps its place.
 * @param {string} source a cell
 * @returns {string}
 */
function withoutAttributes(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  /** @type {Array<[start: number, end: number]>} */
  const spans = [];
  file.statements.forEach((statement, index) => {
    const before = file.statements[index - 1];
    // The compiler takes it for a statement with an object and without brackets.
    if (!before || !ts.isImportDeclaration(before) || !ts.isWithStatement(statement)) return;
    if (ts.isObjectLiteralExpression(statement.expression)) {
      spans.push([before.getEnd(), statement.expression.getEnd()]);
    }
  });
  /** @param {import('typescript').Node} node */
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [name, options] = node.arguments;
      if (name && options) spans.push([name.getEnd(), options.getEnd()]);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return spans.reduce(
    (text, [from, to]) =>
      text.slice(0, from) + text.slice(from, to).replace(/\S/g, ' ') + text.slice(to),
    source,
  );
}

module.exports = { withoutAttributes };
