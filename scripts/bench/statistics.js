/** @typedef {{ median: number, min: number, max: number }} Summary */

/**
 * @param {readonly number[]} values at least one
 * @returns {number} of an even number of values, the mean of the two in the middle
 */
function median(values) {
  if (values.length === 0)
    throw new RangeError('Cannot take a median: a value is required, got none');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const low = /** @type {number} */ (sorted[Math.ceil(middle) - 1]);
  const high = /** @type {number} */ (sorted[Math.floor(middle)]);
  return (low + high) / 2;
}

/**
 * @param {readonly number[]} values at least one
 * @returns {Summary}
 */
function summary(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Divides round by round: what a machine does slower for a while, it does slower for both.
 * @param {readonly number[]} above one value a round
 * @param {readonly number[]} below as many
 */
function ratios(above, below) {
  if (above.length !== below.length) {
    throw new RangeError(
      `Cannot compare rounds: as many of both are required, got ${above.length} and ${below.length}`,
    );
  }
  return above.map((value, round) => value / /** @type {number} */ (below[round]));
}

module.exports = { median, ratios, summary };
