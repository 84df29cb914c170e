const { showTable } = require('../proofs/support/show-table');
const { byGraph, checkAgreement } = require('./agreement');
const { happyOrSad } = require('./networks');
const { describeScaling, scalingChart, sweepsOf } = require('./scaling-chart');
const { sitting } = require('./sitting');
const { digits, median, summary } = require('./statistics');
const { markdownTable, tableOf } = require('./table');

/** @typedef {ReturnType<typeof pointsOf>[number]} Point */
/** @typedef {ReturnType<typeof seenAt>} Seen */

/** @type {[title: string, values: number[], at: (value: number) => number[]][]} at: pictures, their size and the batch */
const sweeps = [
  ['pictures (64², batch 32)', [100, 300, 1000, 3000, 10_000], (value) => [value, 64, 32]],
  ['picture size (80 pictures, batch 10)', [64, 128, 256, 512], (value) => [80, value, 10]],
  ['batch (80 pictures, 150²)', [1, 2, 5, 10, 20, 40, 80], (value) => [80, 150, value]],
];

/** @param {boolean} quick whether less is wanted @returns value: of what grows while the others stay */
function pointsOf(quick) {
  return sweeps.flatMap(([title, values, at]) =>
    values.slice(0, quick ? 2 : undefined).map((value) => {
      const [pictures = 0, size = 0, batchSize = 0] = at(value);
      return { name: `${value}, ${title}`, title, value, pictures, size, batchSize };
    }),
  );
}

/**
 * Loading and training of the happy-or-sad network at a point.
 * @type {(point: Point) => import('./run-measures').Measure}
 */
const measureAt = ({ name, pictures, size, batchSize }) => ({
  name,
  prepare(inputs) {
    const task = { folder: inputs.faces(pictures), imageSize: size, batchSize };
    const training = { kind: 'whole', network: { ...happyOrSad, size }, epochs: 3 };
    return { loading: { kind: 'load', ...task }, ours: { ...training, ...task } };
  },
  check: (round) => checkAgreement(`the runs of a graph of ${name}`, round, 'graphRuns', byGraph),
});

const side = 2048;
/** What the machine computes at best. */
const matrices = {
  name: 'matrices',
  prepare: () => ({ ours: { kind: 'matMul', side, calls: 5 } }),
};

/**
 * Times loading and training as pictures, their size and the batch grow, prints a table and writes its documents after a
 * full run.
 * @type {(options: import('./read-options').Options) => Promise<number>} exit status
 */
function scaling(options) {
  const points = pointsOf(options.quick);
  return sitting('scaling', options, [matrices, ...points.map(measureAt)], (answers) => {
    const products = answers['matrices']?.['ours']?.map(({ gigaflops }) => gigaflops) ?? [];
    const { median: most, min, max } = summary(products);
    const seen = points.map((point) => seenAt(point, answers[point.name] ?? {}, most));
    const [head, ...lines] = tableOf(columns, seen);
    showTable(head, lines);
    const best = `${most.toFixed(0)} GFLOP/s (${min.toFixed(0)}–${max.toFixed(0)})`;
    console.log(`\nA product of two matrices of ${side}² reaches ${best}.`);
    const tables = sweepsOf(seen).map(
      ([title, mine]) => `## With the ${title}\n\n${markdownTable(tableOf(columns, mine))}`,
    );
    const values = { best, side, picture: describeScaling(seen), tables: tables.join('\n\n') };
    return { values, chart: () => scalingChart(seen) };
  });
}

/**
 * @param {Point} point
 * @param {import('./targets').Answers} answers
 * @param {number} most GFLOP/s that a matrix product reaches
 * @returns medians: pictures/s loaded, ms a picture, peaks in MB, GFLOP a picture, GFLOP/s reached, share of the most
 */
function seenAt(point, { loading = [], ours = [] }, most) {
  const of = (/** @type {any[]} */ all, name = '') => median(all.map((answer) => answer[name]));
  const [seconds, gigaflop] = [of(ours, 'epoch'), of(ours, 'gigaflop')];
  const reached = (gigaflop * point.pictures) / seconds;
  const rate = of(loading, 'rate');
  return {
    ...{ ...point, training: (1000 * seconds) / point.pictures, trainingPeak: of(ours, 'peak') },
    ...{ rate, loadingTime: 1000 / rate, loadingPeak: of(loading, 'peak') },
    ...{ gigaflop, reached, share: reached / most },
  };
}

/** @type {Record<string, (seen: Seen) => string>} */
const columns = {
  pictures: ({ pictures }) => pictures.toLocaleString('en'),
  size: ({ size }) => `${size}²`,
  batch: ({ batchSize }) => String(batchSize),
  'loading, pictures/s': ({ rate }) => rate.toFixed(0),
  'loading, MB': ({ loadingPeak }) => loadingPeak.toFixed(0),
  'training, ms a picture': ({ training }) => digits(training),
  'training, MB': ({ trainingPeak }) => trainingPeak.toFixed(0),
  'GFLOP a picture': ({ gigaflop }) => digits(gigaflop),
  'GFLOP/s': ({ reached }) => reached.toFixed(0),
  'share of a matrix product': ({ share }) => `${(100 * share).toFixed(0)} %`,
};

module.exports = { columns, pointsOf, scaling };
