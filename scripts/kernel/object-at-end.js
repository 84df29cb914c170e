const ts = require('@tslab/typescript-for-tslab');

/**
 * Where a cell ends with an object in braces, `{ loss, accuracy: 0.9 }`: TypeScript reads it as a block of statements,
 * which has no value, or as a fault. What can be read as an object is none that somebody would write as a block.
 * @param {string} source a cell
 * @returns {{ start: number, end: number } | undefined}
 */
function objectAtEnd(source) {
  const file = ts.createSourceFile('cell.ts', source, ts.ScriptTarget.Latest);
  const last = [...file.statements].reverse().find((statement) => !ts.isEmptyStatement(statement));
  if (!last || !ts.isBlock(last)) return undefined;
  const place = { start: last.getStart(file), end: last.end };
  const alone = ts.createSourceFile(
    'object.ts',
    `(${source.slice(place.start, place.end)})`,
    ts.ScriptTarget.Latest,
  );
  const [first, ...others] = alone.statements;
  const isObject =
    first &&
    others.length === 0 &&
    /** @type {any} */ (alone).parseDiagnostics.length === 0 &&
    ts.isExpressionStatement(first) &&
    ts.isParenthesizedExpression(first.expression) &&
    ts.isObjectLiteralExpression(first.expression.expression) &&
    first.expression.expression.properties.length > 0 &&
    first.expression.expression.properties.every(
      (property) => !ts.isMethodDeclaration(property) || property.body,
    );
  return isObject ? place : undefined;
}

/** What makes an expression of it; the first sign ends the line before, which else would call it. */
const OPENED = ';(';

/**
 * Writes `;({ a: 1 })` for an object at a cell's end, so that the cell shows it.
 * @param {string} source a cell
 */
function bracketObject(source) {
  const place = objectAtEnd(source);
  if (!place) return source;
  const { start, end } = place;
  return `${source.slice(0, start)}${OPENED}${source.slice(start, end)})${source.slice(end)}`;
}

/**
 * Where in a cell stands what stands at a position in what bracketObject gives.
 * @param {string} source
 * @param {number} position
 */
function positionBeforeBrackets(source, position) {
  const place = objectAtEnd(source);
  if (!place || position <= place.start) return position;
  const inside = Math.max(place.start, position - OPENED.length);
  return inside > place.end ? inside - 1 : inside;
}

module.exports = { bracketObject, positionBeforeBrackets };
