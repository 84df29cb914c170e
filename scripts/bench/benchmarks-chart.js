const { colours } = require('./draw-chart');
const { summary } = require('./statistics');

/** @typedef {import('./measure').Row} Row */

/**
 * Each ratio of which more is better: a point at its median, a line over its spread, a mark where it must be.
 * @param {readonly Row[]} rows
 * @returns {object} in Vega-Lite's language
 */
function benchmarksChart(rows) {
  const drawn = rows.filter(({ better, unit }) => better === 'more' && !unit);
  const order = drawn.map(({ measure }) => measure);
  const ours = drawn.map(({ measure, values }) => ({
    measure,
    who: 'Smile Lab',
    ...summary(values),
  }));
  const stock = drawn.flatMap(({ measure, stock }) =>
    stock ? [{ measure, who: 'stock tfjs-node', ...summary(stock) }] : [],
  );
  const musts = drawn.map(({ measure, must }) => ({ measure, who: 'must', median: must }));
  const y = { field: 'measure', type: 'nominal', sort: order, title: null, axis: { ticks: false } };
  const x = {
    field: 'median',
    type: 'quantitative',
    scale: { type: 'log', base: 2 },
    axis: { title: 'times as fast (each step is twice as fast)', format: '~g' },
  };
  const domain = ['Smile Lab', 'stock tfjs-node', 'must'];
  const color = {
    field: 'who',
    type: 'nominal',
    scale: { domain, range: [colours.blue, colours.orange, '#222222'] },
  };
  const shape = {
    field: 'who',
    type: 'nominal',
    scale: { domain, range: ['circle', 'diamond', 'stroke'] },
  };
  return {
    width: 360,
    height: { step: 34 },
    data: { values: [...ours, ...stock, ...musts] },
    layer: [
      {
        mark: { type: 'rule', color: '#222222', strokeDash: [4, 4] },
        data: { values: [{}] },
        encoding: { x: { datum: 1, type: 'quantitative' } },
      },
      {
        transform: [{ filter: 'isValid(datum.min)' }],
        mark: { type: 'rule', strokeWidth: 3, opacity: 0.5 },
        encoding: { y, x: { ...x, field: 'min' }, x2: { field: 'max' }, color },
      },
      {
        transform: [{ filter: 'datum.who != "must"' }],
        mark: { type: 'point', filled: true, size: 110, opacity: 1 },
        encoding: { y, x, color, shape },
      },
      {
        transform: [{ filter: 'datum.who == "must"' }],
        mark: { type: 'tick', thickness: 2, size: 24 },
        encoding: { y, x, color },
      },
    ],
  };
}

/**
 * @param {readonly Row[]} rows
 * @returns {string} the picture in words
 */
function describeChart(rows) {
  const parts = rows
    .filter(({ better, unit }) => better === 'more' && !unit)
    .map(({ measure, values, must }) => {
      return `${measure} ${summary(values).median.toFixed(2)} (must be ${must})`;
    });
  return `Times as fast, medians: ${parts.join('; ')}`;
}

module.exports = { benchmarksChart, describeChart };
