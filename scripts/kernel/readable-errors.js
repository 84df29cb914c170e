const { inspect } = require('node:util');
const { frameOf } = require('./frame-of');
const { plainNames } = require('./plain-names');
const { isPlace } = require('./readable-stacks');

/**
 * Lets `console.log`, and the last line of a cell, show of an error the lines of the cells, as where it is thrown, not
 * the kernel's.
 * @param {import('./frame-of').Place} placeOf
 */
function makeErrorsReadable(placeOf) {
  Object.defineProperty(Error.prototype, inspect.custom, {
    configurable: true,
    writable: true,
    /** @param {number} _depth @param {import('node:util').InspectOptions} options */
    value(_depth, options) {
      const text = withCellLines(inspect(this, { ...options, customInspect: false }), placeOf);
      return this instanceof TypeError ? plainNames(text) : text;
    },
  });
}

/** @param {string} text of an error @param {import('./frame-of').Place} placeOf */
function withCellLines(text, placeOf) {
  /** @type {string[]} */
  const lines = [];
  for (const line of text.split('\n')) {
    // Node opens a bracket for what else the error holds behind its last line.
    const [, indent = '', frame, end = ''] = /^( +)(at .+?)( \{|,)?$/.exec(line) ?? [];
    const place = frame && (isPlace(frame) ? frame : frameOf(`    ${frame}`, placeOf));
    const isLeftOut = frame ? place === undefined : /^ +\.\.\. \d+ lines matching /.test(line);
    if (!isLeftOut) {
      const shown = frame ? `${indent}${place}${end}` : line;
      if (shown !== lines.at(-1)) lines.push(shown);
    } else if (lines.length > 0) lines[lines.length - 1] += / \{$/.exec(line)?.[0] ?? end;
  }
  return lines.join('\n');
}

module.exports = { makeErrorsReadable };
