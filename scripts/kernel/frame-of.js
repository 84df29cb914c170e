const path = require('node:path');
const { root } = require('../setup/paths');

/** @typedef {(script: string, line: number, column: number) => string | undefined} Place where a line of what runs stands */

/**
 * @param {string} line of a stack
 * @param {Place} placeOf
 * @returns {string | undefined} undefined where a learner can do nothing with it
 */
function frameOf(line, placeOf) {
  const found = /^ {4}at (?:(.*) \(|async )?(?:file:\/\/)?(.+?):(\d+):(\d+)\)?$/.exec(line);
  if (!found) return undefined;
  const [, name = '', file = '', row, column] = found;
  const cell = placeOf(file, Number(row), Number(column));
  const place = cell ?? (isTheirs(file) ? `${file}:${row}` : undefined);
  if (place === undefined) return undefined;
  const caller = name.replace(/^(?:async |new )|<anonymous>|\b(?:Object|exports)\./g, '').trim();
  return `at ${place}${caller && ` in ${caller}`}`;
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

module.exports = { frameOf };
