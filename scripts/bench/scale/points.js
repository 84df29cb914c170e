/**
 * @typedef {{ sweep: Sweep, pictures: number, size: number, batchSize: number }} Point
 * @typedef {'pictures' | 'size' | 'batch'} Sweep what grows while the others stay
 */

/** What grows, its name for a reader, and from where to where. */
const sweeps = /** @type {const} */ ([
  {
    sweep: 'pictures',
    title: 'pictures (64², batch 32)',
    values: [100, 300, 1000, 3000, 10_000],
    quick: [100, 300],
  },
  {
    sweep: 'size',
    title: 'picture size (80 pictures, batch 10)',
    values: [64, 128, 256, 512],
    quick: [64, 128],
  },
  {
    sweep: 'batch',
    title: 'batch (80 pictures, 150²)',
    values: [1, 2, 5, 10, 20, 40, 80],
    quick: [5, 20],
  },
]);

/**
 * @param {boolean} quick
 * @returns {Point[]}
 */
function pointsOf(quick) {
  return sweeps.flatMap(({ sweep, values, quick: few }) =>
    (quick ? few : values).map((value) => pointAt(sweep, value)),
  );
}

/**
 * @param {Sweep} sweep
 * @param {number} value
 * @returns {Point}
 */
function pointAt(sweep, value) {
  switch (sweep) {
    case 'pictures':
      return { sweep, pictures: value, size: 64, batchSize: 32 };
    case 'size':
      return { sweep, pictures: 80, size: value, batchSize: 10 };
    case 'batch':
      return { sweep, pictures: 80, size: 150, batchSize: value };
  }
}

/** @param {Point} point */
function valueOf({ sweep, pictures, size, batchSize }) {
  return { pictures, size, batch: batchSize }[sweep];
}

module.exports = { pointsOf, sweeps, valueOf };
