const ts = require('@tslab/typescript-for-tslab');
const { awaitsOutsideFunctions } = require('./awaits-outside-functions');
const { expandShorthand, positionInSource } = require('./expand-shorthand');
const { findCall } = require('./find-call');
const { nameTags } = require('./name-tags');
const { convertByOneProgram } = require('./one-program');
const { createConverter } = require('./tslab');
const { bracketObject, positionBeforeBrackets } = require('./object-at-end');
const { withoutAttributes } = require('./without-attributes');
const { withoutExports } = require('./without-exports');

/** @typedef {import('tslab/dist/converter').Diagnostic} Diagnostic */

/**
 * Gives diagnostics their places in what the cell's author wrote. What a cell leaves open the compiler finds missing in
 * what tslab has put behind it, and complains of that as well: then the cell is looked at alone.
 * @param {Diagnostic[]} diagnostics
 * @param {string} cell
 * @returns {Diagnostic[]}
 */
function placedInCell(diagnostics, cell) {
  const end = cell.trimEnd().length;
  const placed = diagnostics.map((one) => {
    const offset = one.fileName ? one.start.offset : inCell(cell, one.start.offset);
    return { ...one, start: { ...one.start, offset } };
  });
  const isOpen = placed.some(({ fileName, start }) => !fileName && start.offset > end);
  return (isOpen ? grammarOf(cell, placed) : placed).map((one) => {
    if (one.fileName) return one;
    const offset = Math.min(one.start.offset, end);
    const before = cell.slice(0, offset).split('\n');
    const start = { offset, line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    return { ...one, start };
  });
}

/** @param {string} cell @param {number} position in what is compiled of it */
function inCell(cell, position) {
  return positionBeforeBrackets(cell, positionInSource(bracketObject(cell), position));
}

/**
 * @param {string} cell
 * @param {Diagnostic[]} otherwise where the cell alone has no fault
 * @returns {Diagnostic[]}
 */
function grammarOf(cell, otherwise) {
  const file = ts.createSourceFile('cell.ts', cell, ts.ScriptTarget.Latest);
  /** @type {import('typescript').Diagnostic[]} */
  const found = /** @type {any} */ (file).parseDiagnostics;
  if (found.length === 0) return otherwise;
  return found.map(({ category, code, messageText, start: offset = 0 }) => {
    const place = { offset, line: 0, character: 0 };
    const text = ts.flattenDiagnosticMessageText(messageText, '\n');
    return { category, code, messageText: text, start: place, end: place };
  });
}

/** tslab's converter, which reads cells, and tells of what stands in them, with what is mended here. */
function mendedConverter() {
  const converter = createConverter({ isJS: false, isBrowser: false });
  const convertCell = convertByOneProgram(converter);
  /** @param {string} declarations @param {string} cell */
  const convert = (declarations, cell) => {
    const plain = withoutAttributes(withoutExports(cell));
    const converted = convertCell(declarations, expandShorthand(bracketObject(plain)));
    converted.diagnostics = placedInCell(converted.diagnostics, plain);
    const hasToplevelAwait = converted.hasToplevelAwait || awaitsOutsideFunctions(cell);
    return { ...converted, hasToplevelAwait };
  };
  /** @param {string} declarations @param {string} cell @param {number} position */
  const inspect = (declarations, cell, position) => {
    let info = converter.inspect(declarations, cell, position);
    const call = findCall(cell, position);
    if (!info && call !== undefined) info = converter.inspect(declarations, cell, call);
    return info && nameTags(info);
  };
  return { ...converter, convert, inspect };
}

module.exports = { mendedConverter };
