/** @type {(values: readonly number[]) => number} of an even number, the mean of the two in the middle */
function median(values) {
  if (values.length === 0) {
    throw new RangeError('Cannot take a median: a value is required, got none');
  }
  const sorted = Float64Array.from(values).sort();
  const middle = (sorted.length - 1) / 2;
  return (Number(sorted[Math.floor(middle)]) + Number(sorted[Math.ceil(middle)])) / 2;
}

/** @param {readonly number[]} values at least one */
const summary = (values) => {
  return { min: Math.min(...values), median: median(values), max: Math.max(...values) };
};

/** @param {number} value written with three significant digits or more, without an exponent */
const digits = (value) => (Math.abs(value) < 999.5 ? value.toPrecision(3) : value.toFixed(0));

/**
 * Two decimals, rounded to the worse side: 1.199 must not read as 1.20 where 1.2 was wanted.
 * @type {(value: number, better: string) => string} better: 'more' or 'less'
 */
const cautious = (value, better) => {
  // The small part is for numbers such as 1.15, whose hundredfold is not quite 115.
  const hundredths =
    better === 'more' ? Math.floor(value * 100 + 1e-9) : Math.ceil(value * 100 - 1e-9);
  return (hundredths / 100).toFixed(2);
};

module.exports = { cautious, digits, median, summary };
