const { colours } = require('./draw-chart');
const { summary } = require('./statistics');
const { cautious } = require('./table');

/** @typedef {import('./measure').Row} Row */

/** Between the axes, in CSS pixels: the longest measure has room. */
const width = 660;
/** Told apart without colour as well: Smile Lab, stock tfjs-node, and an upright line where it must be. */
const shapes = ['circle', 'diamond', 'M-0.12,-1H0.12V1H-0.12Z'];

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
  const y = { field: 'measure', type: 'nominal', sort: order, axis: null };
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
    scale: { domain, range: [colours.blue, colours.orange, colours.ink] },
  };
  const shape = { field: 'who', type: 'nominal', scale: { domain, range: shapes } };
  return {
    width,
    height: { step: 48 },
    data: { values: [...ours, ...stock, ...musts] },
    layer: [
      {
        mark: { type: 'rule', color: colours.ink, opacity: 0.4, strokeDash: [4, 4] },
        data: { values: [{}] },
        encoding: { x: { datum: 1, type: 'quantitative' } },
      },
      {
        // Beside the axis they would need a width that only a browser can measure.
        data: { values: order.map((measure) => ({ measure })) },
        mark: { type: 'text', align: 'left', dy: -16, limit: 0 },
        encoding: { y, x: { value: 4 }, text: { field: 'measure' } },
      },
      {
        transform: [{ filter: 'isValid(datum.min)' }],
        mark: { type: 'rule', strokeWidth: 3, opacity: 0.5 },
        encoding: { y, x: { ...x, field: 'min' }, x2: { field: 'max' }, color },
      },
      {
        mark: { type: 'point', filled: true, size: 110, opacity: 1 },
        encoding: { y, x, color, shape },
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
    .map(({ measure, values, must, better }) => {
      return `${measure} ${cautious(summary(values).median, better)} (must be ${must})`;
    });
  return `Times as fast, medians: ${parts.join('; ')}`;
}

module.exports = { benchmarksChart, describeChart };
