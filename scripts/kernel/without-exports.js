const ts = require('@tslab/typescript-for-tslab');

const exporting = [ts.SyntaxKind.ExportKeyword, ts.SyntaxKind.DefaultKeyword];

/**
 * Takes `export` and `export default` out of a cell, so that a module pasted into it runs: in a notebook everything is
 * exported to the cells that follow. What stays keeps its place.
 * @param {string} source a cell
 * @returns {string}
 */
function withoutExports(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  const spans = file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier) {
      return [{ start: statement.getStart(file), end: statement.getEnd() }];
    }
    if (ts.isExportAssignment(statement) && !statement.isExportEquals) {
      return [{ start: statement.getStart(file), end: statement.expression.getStart(file) }];
    }
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    return modifiers
      .filter(({ kind }) => exporting.includes(kind))
      .map((modifier) => ({ start: modifier.getStart(file), end: modifier.getEnd() }));
  });
  return spans.reduce((text, { start, end }) => {
    const blank = text.slice(start, end).replace(/\S/g, ' ');
    return text.slice(0, start) + blank + text.slice(end);
  }, source);
}

module.exports = { withoutExports };
