const { showTable } = require('../proofs/support/show-table');
const { fillTemplate } = require('./document');
const { trainingFlops } = require('./flops');
const { happyOrSad } = require('./networks');
const { runMeasures } = require('./run-measures');
const { columnsOf, describeScaling, scalingChart } = require('./scaling-chart');
const { sitting } = require('./sitting');
const { median, summary } = require('./statistics');
const { digits, markdownTable } = require('./table');

/**
 * @typedef {{ pictures: number, size: number, batchSize: number }} Size
 * @typedef {Size & { title: string, value: number }} Point title: of its sweep; value: of what grows
 * @typedef {ReturnType<typeof seenAt>} Seen at a point, medians of the rounds; peaks in MB, training in ms a picture
 */

/**
 * What grows while the others stay.
 * @type {Array<{ title: string, values: number[], few: number[], at: (value: number) => Size }>} few: with `--quick`
 */
const sweeps = [
  {
    title: 'pictures (64², batch 32)',
    ...{ values: [100, 300, 1000, 3000, 10_000], few: [100, 300] },
    at: (pictures) => ({ pictures, size: 64, batchSize: 32 }),
  },
  {
    title: 'picture size (80 pictures, batch 10)',
    ...{ values: [64, 128, 256, 512], few: [64, 128] },
    at: (size) => ({ pictures: 80, size, batchSize: 10 }),
  },
  {
    title: 'batch (80 pictures, 150²)',
    ...{ values: [1, 2, 5, 10, 20, 40, 80], few: [5, 20] },
    at: (batchSize) => ({ pictures: 80, size: 150, batchSize }),
  },
];

/** @type {(quick: boolean) => Point[]} */
function pointsOf(quick) {
  return sweeps.flatMap(({ title, values, few, at }) =>
    (quick ? few : values).map((value) => ({ title, value, ...at(value) })),
  );
}

/** @param {Size} size what is measured there, by its role */
function rolesAt({ pictures, size, batchSize }) {
  const place = `${pictures} pictures of ${size}², batch ${batchSize}`;
  return { loading: `loading ${place}`, training: `training ${place}` };
}

const matrix = { kind: 'matMul', side: 2048, calls: 5 };

/**
 * Loading and training of the happy-or-sad network at some points, and a product of matrices.
 * @type {(points: Point[]) => import('./measure').Measure}
 */
const scalingMeasure = (points) => ({
  name: 'scaling',
  prepare(inputs) {
    const tasks = points.flatMap((point) => {
      const { loading, training } = rolesAt(point);
      const { pictures, size: imageSize, batchSize } = point;
      const task = { kind: 'load', folder: inputs.manyFaces(pictures), imageSize, batchSize };
      const network = { ...happyOrSad, size: imageSize };
      return [
        [loading, task],
        [training, { ...task, kind: 'whole', network, epochs: 3 }],
      ];
    });
    return Object.fromEntries([...tasks, ['matrix product', matrix]]);
  },
  check(round) {
    const eager = points
      .map((point) => rolesAt(point).training)
      .find((role) => round[role].graphRuns === 0);
    if (eager) throw new Error(`The ${eager} ran without a graph`);
  },
  figures: () => [],
});

/**
 * Times loading and training as pictures, their size and the batch grow, prints a table and writes its documents after a
 * full run.
 * @type {(options: import('./read-options').Options) => Promise<number>} exit status
 */
function scaling(options) {
  const points = pointsOf(options.quick);
  return sitting('scaling', options, async (inputs) => {
    /** @type {import('./measure').Answers} */
    let answers = {};
    const measures = [scalingMeasure(points)];
    const versions = await runMeasures(measures, inputs, options, (_, all) => (answers = all));
    inputs.told('');
    const products = (answers['matrix product'] ?? []).map((answer) => answer.flopsPerSecond / 1e9);
    const { median: product, min, max } = summary(products);
    const seen = points.map((point) => seenAt(point, answers, product));
    const [head = [], ...lines] = linesOf(seen);
    showTable(head, lines);
    const best = `${product.toFixed(0)} GFLOP/s (${min.toFixed(0)}–${max.toFixed(0)})`;
    console.log(`\nA product of two matrices of ${matrix.side}² reaches ${best}.`);
    return {
      versions,
      document: (conditions) => scalingDocument(seen, { ...conditions, best, side: matrix.side }),
      chart: () => scalingChart(seen),
    };
  });
}

/**
 * @param {Point} point
 * @param {import('./measure').Answers} answers
 * @param {number} product of matrices, GFLOP/s
 */
function seenAt(point, answers, product) {
  const roles = rolesAt(point);
  const of = (
    /** @type {keyof roles} */ role,
    /** @type {import('./measure').ValueOf} */ valueOf,
  ) => median((answers[roles[role]] ?? []).map(valueOf));
  const seconds = of('training', ({ epochs }) => median(epochs.slice(1)));
  const gigaflop = trainingFlops({ ...happyOrSad, size: point.size }) / 1e9;
  const reached = (gigaflop * point.pictures) / seconds;
  return {
    ...point,
    loading: of('loading', ({ pictures, fromCall }) => pictures / fromCall),
    loadingPeak: of('loading', ({ peak }) => peak / 1e6),
    training: (1000 * seconds) / point.pictures,
    trainingPeak: of('training', ({ peak }) => peak / 1e6),
    ...{ gigaflop, reached, share: reached / product },
  };
}

/** @type {Record<string, (seen: Seen) => string>} */
const columns = {
  pictures: ({ pictures }) => pictures.toLocaleString('en'),
  size: ({ size }) => `${size}²`,
  batch: ({ batchSize }) => String(batchSize),
  'loading, pictures/s': ({ loading }) => loading.toFixed(0),
  'loading, MB': ({ loadingPeak }) => loadingPeak.toFixed(0),
  'training, ms a picture': ({ training }) => digits(training),
  'training, MB': ({ trainingPeak }) => trainingPeak.toFixed(0),
  'GFLOP a picture': ({ gigaflop }) => digits(gigaflop),
  'GFLOP/s': ({ reached }) => reached.toFixed(0),
  'share of a matrix product': ({ share }) => `${(100 * share).toFixed(0)} %`,
};

/** @type {(seen: readonly Seen[]) => string[][]} the head and a line for each point */
const linesOf = (seen) => [
  Object.keys(columns),
  ...seen.map((one) => Object.values(columns).map((column) => column(one))),
];

/**
 * @param {readonly Seen[]} seen
 * @param {import('./sitting').Conditions} conditions with best, the matrix product in words, and the side of the matrices
 * @returns {string} Markdown
 */
function scalingDocument(seen, conditions) {
  const tables = [...columnsOf(seen)].map(
    ([title, mine]) => `## With the ${title}\n\n${markdownTable(linesOf(mine))}`,
  );
  const values = { ...conditions, picture: describeScaling(seen), tables: tables.join('\n\n') };
  return fillTemplate('scaling.md', values);
}

module.exports = { linesOf, pointsOf, scaling, scalingDocument };
