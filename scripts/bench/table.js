const { summary } = require('./statistics');

/** @typedef {import('./measure').Row} Row */

const head = ['measure', 'stock tfjs-node', 'ours', 'spread', 'must', 'aim', 'met'];
/** Nobody else shows it, and there is no aim beyond what must be. */
const headOfSeen = ['measure', 'median', 'spread', 'must', 'met'];

/**
 * @param {Row} row
 * @returns {{ must: boolean, aim: boolean }} whether the median reaches what is wanted
 */
function reached({ values, must, aim, better }) {
  const { median } = summary(values);
  /** @param {number | undefined} limit */
  const reaches = (limit) =>
    limit !== undefined && (better === 'more' ? median >= limit : median <= limit);
  return { must: reaches(must), aim: reaches(aim) };
}

/**
 * @param {readonly Row[]} rows
 * @returns {string[][]} the head and a line for each row
 */
function tableOf(rows) {
  return [head, ...rows.map(lineOf)];
}

/**
 * @param {readonly Row[]} rows of what one sees
 * @returns {string[][]} the head and a line for each row
 */
function tableOfSeen(rows) {
  const columns = headOfSeen.map((name) => head.indexOf(name === 'median' ? 'ours' : name));
  const lines = rows.map(lineOf);
  return [headOfSeen, ...lines.map((line) => columns.map((column) => String(line[column])))];
}

/**
 * @param {readonly Row[]} rows
 * @returns {{ compared: Row[], seen: Row[] }} seen: those of what one sees
 */
function parted(rows) {
  return {
    compared: rows.filter(({ isSeen }) => !isSeen),
    seen: rows.filter(({ isSeen }) => isSeen),
  };
}

/** @param {Row} row */
function lineOf(row) {
  const { measure, values, stock, must, aim, better, unit } = row;
  const { median, min, max } = summary(values);
  const sign = better === 'more' ? '≥' : '≤';
  const suffix = unit ? ` ${unit}` : '';
  const met = reached(row);
  return [
    measure,
    stock ? cautious(summary(stock).median, better) : '–',
    cautious(median, better) + suffix,
    `${cautious(min, better)}–${cautious(max, better)}`,
    `${sign} ${must}${suffix}`,
    aim === undefined ? '–' : String(aim) + suffix,
    met.must ? (met.aim ? '✓ aim' : '✓') : '✗',
  ];
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
 * @param {readonly Row[]} rows
 * @returns {string[]} a line for each row that has some
 */
function contextOf(rows) {
  return rows.flatMap(({ measure, context }) => {
    if (!context) return [];
    const values = Object.entries(context.values).map(
      ([name, all]) => `${name} ${digits(summary(all).median)} ${context.unit}`,
    );
    const processors = Object.entries(context.processors ?? {}).map(
      ([name, all]) => `${name} ${digits(summary(all).median)}`,
    );
    const atWork = processors.length > 0 ? `; processors at work: ${processors.join(', ')}` : '';
    return [`${measure}: ${values.join(', ')}${atWork}`];
  });
}

/**
 * Three significant digits.
 * @param {number} value
 */
function digits(value) {
  const places = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1)));
  return value.toFixed(Math.min(places, 20));
}

/** @param {readonly string[][]} lines */
function markdownTable(lines) {
  const [top, ...rows] = /** @type {[string[], ...string[][]]} */ (lines);
  const rule = top.map((_, column) => (column === 0 ? '---' : '--:'));
  return [top, rule, ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

module.exports = {
  cautious,
  contextOf,
  digits,
  markdownTable,
  parted,
  reached,
  tableOf,
  tableOfSeen,
};
