const path = require('node:path');
const { inspect, types } = require('node:util');
const { root } = require('../setup/paths');

/**
 * What Jupyter's protocol says of a failed cell.
 * @typedef {{ ename: string, evalue: string, traceback: string[] }} CellError
 * @typedef {(script: string, line: number, column: number) => string | undefined} Place where a line of what runs stands
 */

const [red, dim, plain] = ['\x1b[1;31m', '\x1b[2m', '\x1b[0m'];

/** Why a cell ended when Stop was pressed. */
class Stopped extends Error {
  constructor() {
    super('the Stop button was pressed, and the cell ended here');
    this.name = 'Stopped';
  }
}

/**
 * Describes what a cell threw.
 * @param {unknown} thrown
 * @param {Place} placeOf
 * @returns {CellError}
 */
function describeError(thrown, placeOf) {
  if (isInterruption(thrown)) return describeError(new Stopped(), placeOf);
  if (!types.isNativeError(thrown)) {
    return withHead('Thrown', typeof thrown === 'string' ? thrown : inspect(thrown), []);
  }
  const { name, message, cause, stack = '' } = thrown;
  const reason = cause === undefined ? [] : [`Cause: ${textOf(cause)}`];
  const frames = thrown instanceof Stopped ? [] : framesIn(stack, placeOf);
  return withHead(name, message, [...reason, ...frames.map((frame) => `${dim}${frame}${plain}`)]);
}

/**
 * Describes why a cell does not compile, each reason with its line.
 * @param {import('tslab/dist/converter').Diagnostic[]} diagnostics
 * @param {string} source the cell
 * @returns {CellError}
 */
function describeDiagnostics(diagnostics, source) {
  const lines = source.split('\n');
  const reasons = diagnostics.map(({ fileName, start, messageText }) => {
    const { line, character } = start;
    const place = `${fileName ? `${fileName} ` : ''}${line + 1}:${character + 1} - `;
    return { text: `${place}${messageText}`, shown: fileName ? undefined : lines[line], character };
  });
  const traceback = reasons.flatMap(({ text, shown, character }, index) => {
    const isSame =
      shown === reasons[index + 1]?.shown && character === reasons[index + 1]?.character;
    if (shown === undefined || isSame) return [text];
    return [
      text,
      `${dim}  ${shown}${plain}`,
      `${red}  ${shown.slice(0, character).replace(/\S/g, ' ')}^${plain}`,
    ];
  });
  const evalue = reasons.map(({ text }) => text).join('\n');
  return { ename: 'TypeScript', evalue, traceback };
}

/** @param {string} ename @param {string} evalue @param {string[]} below @returns {CellError} */
function withHead(ename, evalue, below) {
  return { ename, evalue, traceback: [`${red}${ename}${plain}: ${evalue}`, ...below] };
}

/** @param {unknown} value */
function textOf(value) {
  return types.isNativeError(value) ? `${value.name}: ${value.message}` : inspect(value);
}

/** @param {unknown} thrown */
function isInterruption(thrown) {
  return (
    /** @type {{ code?: string }} */ (thrown ?? {}).code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED'
  );
}

/**
 * The lines of a stack that a learner can do something with: those of cells, by their lines in the cell, and of files of
 * their own. The kernel's, Node's and the packages' are left out.
 * @param {string} stack
 * @param {Place} placeOf
 */
function framesIn(stack, placeOf) {
  const frames = stack
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
    .flatMap((line) => {
      const found = /^ {4}at (?:(.*) \()?(?:file:\/\/)?(.+?):(\d+):(\d+)\)?$/.exec(line);
      if (!found) return [];
      const [, name = '', file = '', row, column] = found;
      const cell = placeOf(file, Number(row), Number(column));
      const place = cell ?? (isTheirs(file) ? `${file}:${row}` : undefined);
      if (place === undefined) return [];
      const caller = name
        .replace(/^(?:async |new )|<anonymous>|\b(?:Object|exports)\./g, '')
        .trim();
      return [`  at ${place}${caller && ` in ${caller}`}`];
    });
  return frames.filter((frame, index) => frame !== frames[index - 1]);
}

/** @param {string} file */
function isTheirs(file) {
  const own = ['scripts', 'dist', 'src', 'node_modules'].map(
    (folder) => path.join(root, folder) + path.sep,
  );
  return (
    path.isAbsolute(file) &&
    !file.includes(`${path.sep}node_modules${path.sep}`) &&
    !own.some((folder) => file.startsWith(folder))
  );
}

module.exports = { describeDiagnostics, describeError, Stopped };
