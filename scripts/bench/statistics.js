/**
 * @param {readonly number[]} values at least one
 * @returns {number} of an even number of values, the mean of the two in the middle
 */
function median(values) {
  if (values.length === 0) {
    throw new RangeError('Cannot take a median: a value is required, got none');
  }
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (Number(sorted[Math.floor(middle)]) + Number(sorted[Math.ceil(middle)])) / 2;
}

/** @param {readonly number[]} values at least one */
function summary(values) {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Divides round by round: what a machine does slower for a while, it does slower for both.
 * @param {readonly number[]} above one value a round
 * @param {readonly number[]} below as many
 */
function ratios(above, below) {
  const [most, least] = [above.length, below.length];
  if (most !== least) {
    throw new RangeError(
      `Cannot compare rounds: as many of both are required, got ${most} and ${least}`,
    );
  }
  return above.map((value, round) => value / Number(below[round]));
}

module.exports = { median, ratios, summary };
