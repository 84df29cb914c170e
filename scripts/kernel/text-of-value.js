const { inspect, types } = require('node:util');

/**
 * What a cell shows of its last line's value.
 * @param {unknown} value
 * @returns {string}
 */
function textOfValue(value) {
  if (types.isPromise(value)) {
    return 'A promise: its value is not there yet. Write await in front of it to wait for the value.';
  }
  return typeof value === 'string' ? value : inspect(value);
}

module.exports = { textOfValue };
