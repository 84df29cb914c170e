const { inspect } = require('node:util');

/**
 * What a cell shows of its last line's value.
 * @param {unknown} value
 * @returns {string}
 */
function textOfValue(value) {
  return typeof value === 'string' ? value : inspect(value);
}

module.exports = { textOfValue };
