const { cautious, summary } = require('./statistics');

/** @typedef {import('./targets').Row} Row */

const suffix = (/** @type {Row} */ { unit }) => (unit ? ` ${unit}` : '');

/** @satisfies {Record<string, (row: Row) => string>} */
const columns = {
  measure: ({ row }) => row,
  'stock tfjs-node': ({ stock, better }) => (stock ? cautious(summary(stock).median, better) : '–'),
  ours: (row) => cautious(summary(row.values).median, row.better) + suffix(row),
  spread({ values, better }) {
    const { min, max } = summary(values);
    return `${cautious(min, better)}–${cautious(max, better)}`;
  },
  must: (row) => `${row.better === 'more' ? '≥' : '≤'} ${row.must}${suffix(row)}`,
  aim: ({ aim = '–' }) => String(aim),
  met(row) {
    const { must, aim } = reached(row);
    return must ? (aim ? '✓ aim' : '✓') : '✗';
  },
};

/**
 * A head, and a line for each item.
 * @type {<T>(columns: Record<string, (item: T) => string>, items: readonly T[]) => [string[], ...string[][]]}
 */
const tableOf = (columns, items) => [
  Object.keys(columns),
  ...items.map((item) => Object.values(columns).map((column) => column(item))),
];

/** @type {(row: Row) => { must: boolean, aim: boolean }} whether the median reaches what is wanted */
function reached({ values, must, aim = NaN, better }) {
  const { median } = summary(values);
  const reaches = (/** @type {number} */ limit) =>
    better === 'more' ? median >= limit : median <= limit;
  return { must: reaches(must), aim: reaches(aim) };
}

/** @param {readonly string[][]} lines the head first */
function markdownTable([head = [], ...rows]) {
  const rule = head.map((_, column) => (column === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map((line) => `| ${line.join(' | ')} |`).join('\n');
}

module.exports = { columns, markdownTable, reached, tableOf };
