const { summary } = require('./statistics');

/** @typedef {import('./measure').Row} Row */

const compared = ['measure', 'stock tfjs-node', 'ours', 'spread', 'must', 'aim', 'met'];
/** Nobody else shows it, and there is no aim beyond what must be. */
const seen = ['measure', 'median', 'spread', 'must', 'met'];

/** @type {(rows: readonly Row[]) => Record<'compared' | 'seen', string[][]>} a head and a line for each row */
function tablesOf(rows) {
  /** @param {string[]} head @param {boolean} isSeen */
  const table = (head, isSeen) => {
    const mine = rows.filter((row) => isSeen === Boolean(row.isSeen)).map(cellsOf);
    return [head, ...mine.map((cells) => head.map((name) => String(cells[name])))];
  };
  return { compared: table(compared, false), seen: table(seen, true) };
}

/** @type {(row: Row) => Record<string, string>} by the columns' names */
function cellsOf(row) {
  const { measure, values, stock, must, aim, better, unit } = row;
  const { median, min, max } = summary(values);
  const suffix = unit ? ` ${unit}` : '';
  const ours = cautious(median, better) + suffix;
  const met = reached(row);
  return {
    ...{ measure, ours, median: ours },
    'stock tfjs-node': stock ? cautious(summary(stock).median, better) : '–',
    spread: `${cautious(min, better)}–${cautious(max, better)}`,
    must: `${better === 'more' ? '≥' : '≤'} ${must}${suffix}`,
    aim: aim === undefined ? '–' : `${aim}${suffix}`,
    met: met.must ? (met.aim ? '✓ aim' : '✓') : '✗',
  };
}

/** @type {(row: Row) => { must: boolean, aim: boolean }} whether the median reaches what is wanted */
function reached({ values, must, aim = NaN, better }) {
  const { median } = summary(values);
  /** @param {number} limit */
  const reaches = (limit) => (better === 'more' ? median >= limit : median <= limit);
  return { must: reaches(must), aim: reaches(aim) };
}

/**
 * Two decimals, rounded to the worse side: 1.199 must not read as 1.20 where 1.2 was wanted.
 * @param {number} value
 * @param {string} better 'more' or 'less'
 */
function cautious(value, better) {
  // The small part is for numbers such as 1.15, whose hundredfold is not quite 115.
  const hundredfold = value * 100;
  const whole = better === 'more' ? Math.floor(hundredfold + 1e-9) : Math.ceil(hundredfold - 1e-9);
  return (whole / 100).toFixed(2);
}

/**
 * The absolute medians, which hold for one machine on one day.
 * @type {(rows: readonly Row[]) => string[]} a line for each row that has some
 */
function contextOf(rows) {
  const list = (/** @type {Record<string, number[]>} */ values, unit = '') =>
    Object.entries(values)
      .map(([name, all]) => `${name} ${digits(summary(all).median)}${unit}`)
      .join(', ');
  return rows.flatMap(({ measure, context }) => {
    if (!context) return [];
    const atWork = context.processors ? `; processors at work: ${list(context.processors)}` : '';
    return `${measure}: ${list(context.values, ` ${context.unit}`)}${atWork}`;
  });
}

/** @param {number} value written with three significant digits, without an exponent */
function digits(value) {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(places, 20));
}

/** @param {readonly string[][]} lines the head first */
function markdownTable([head = [], ...rows]) {
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

module.exports = { cautious, cellsOf, contextOf, digits, markdownTable, reached, tablesOf };
