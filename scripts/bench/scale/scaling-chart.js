const { colours } = require('../draw-chart');
const { digits } = require('../table');
const { sweeps, valueOf } = require('./points');

/** @typedef {import('./scaling').Seen} Seen */

/**
 * Time a picture over peak memory, a column for each thing that grows.
 * @param {readonly Seen[]} seen
 * @returns {object} in Vega-Lite's language
 */
function scalingChart(seen) {
  const names = ['training', 'loading'];
  const values = seen.flatMap(({ point, loading, loadingPeak, training, trainingPeak }) => {
    const place = { sweep: point.sweep, grows: valueOf(point) };
    return [
      { ...place, what: 'training', ms: training, megabytes: trainingPeak / 1e6 },
      { ...place, what: 'loading', ms: 1000 / loading, megabytes: loadingPeak / 1e6 },
    ];
  });
  const color = {
    field: 'what',
    type: 'nominal',
    scale: { domain: names, range: [colours.blue, colours.orange] },
  };
  const shape = {
    field: 'what',
    type: 'nominal',
    scale: { domain: names, range: ['circle', 'diamond'] },
  };
  /** @param {string} sweep @param {string} title @param {string} field @param {string} unit */
  const panel = (sweep, title, field, unit) => {
    const ticks = [...new Set(seen.map(({ point }) => point))]
      .filter((point) => point.sweep === sweep)
      .map(valueOf);
    const x = {
      field: 'grows',
      type: 'quantitative',
      scale: { type: 'log', nice: false, padding: 10 },
      axis: { title, values: ticks, format: ',d', grid: false, labelOverlap: true },
    };
    const y = {
      field,
      type: 'quantitative',
      // Memory from 0 on, since what matters there is how flat it is.
      scale: field === 'ms' ? { type: 'log', nice: false, padding: 12 } : { zero: true },
      axis: {
        title: unit,
        format: field === 'ms' ? '~g' : ',d',
        minExtent: 40,
        labelOverlap: true,
      },
    };
    return {
      width: 230,
      height: 170,
      transform: [{ filter: { field: 'sweep', equal: sweep } }],
      layer: [
        { mark: { type: 'line', strokeWidth: 2 }, encoding: { x, y, color } },
        {
          mark: { type: 'point', filled: true, size: 70, opacity: 1 },
          encoding: { x, y, color, shape },
        },
      ],
    };
  };
  return {
    data: { values },
    vconcat: [
      ['ms', 'ms a picture'],
      ['megabytes', 'MB at the peak'],
    ].map(([field = '', unit = '']) => ({
      hconcat: sweeps.map(({ sweep, title }) => panel(sweep, title, field, unit)),
    })),
    resolve: { scale: { color: 'shared', shape: 'shared', x: 'independent', y: 'independent' } },
  };
}

/**
 * @param {readonly Seen[]} seen
 * @returns {string} the picture in words
 */
function describeScaling(seen) {
  const parts = sweeps.map(({ sweep, title }) => {
    const mine = seen.filter(({ point }) => point.sweep === sweep);
    const points = mine.map(
      ({ point, training, trainingPeak }) =>
        `${valueOf(point)}: ${digits(training)} ms, ${(trainingPeak / 1e6).toFixed(0)} MB`,
    );
    return `${title}: ${points.join('; ')}`;
  });
  return `Training time a picture and peak memory. With the ${parts.join('. With the ')}`;
}

module.exports = { describeScaling, scalingChart };
