const path = require('node:path');
const { showTable } = require('../../proofs/support/show-table');
const { root } = require('../../setup/paths');
const { compete } = require('../contestants');
const { formatted } = require('../formatted');
const { Inputs } = require('../inputs');
const { machine } = require('../machine');
const { happyOrSad } = require('../networks');
const { progress } = require('../progress');
const { median, summary } = require('../statistics');
const { busyWarning, shareInWords, warnEarly, watchOthers } = require('../watch-others');
const { writeWhole } = require('../write-whole');
const { trainingFlops } = require('../flops');
const { pointsOf } = require('./points');
const { describeScaling, scalingChart } = require('./scaling-chart');
const { linesOf, scalingDocument } = require('./scaling-document');

const seed = 1;
const epochs = 3;
const matrix = { kind: 'matMul', side: 2048, calls: 5 };

/**
 * @typedef {object} Seen at one point, medians of the rounds
 * @property {import('./points').Point} point
 * @property {number} loading pictures/s, first pass
 * @property {number} loadingPeak bytes
 * @property {number} training ms a picture, epochs after the first
 * @property {number} trainingPeak bytes
 * @property {number} flops of a picture's share of a training step
 * @property {number} reached FLOP/s
 * @property {number} share of what a matrix product reaches
 */

/**
 * Times loading and training of the happy-or-sad network as pictures, their size and the batch grow, prints a table and
 * writes its documents after a full run.
 * @param {{ rounds: number, quick: boolean }} options
 * @returns {Promise<number>} exit status
 */
async function scaling({ rounds, quick }) {
  const start = Date.now();
  await warnEarly();
  const othersShare = watchOthers();
  const screen = progress();
  const inputs = new Inputs(seed);
  const points = pointsOf(quick).map((point) => ({
    point,
    folder: inputs.manyFaces(point.pictures),
    loads: /** @type {any[]} */ ([]),
    fits: /** @type {any[]} */ ([]),
  }));
  /** @type {number[]} */
  const products = [];
  /** @type {Record<string, string>} */
  let versions = {};
  try {
    for (let round = 0; round < rounds; round++) {
      for (const { point, folder, loads, fits } of points) {
        const { sweep, pictures, size, batchSize } = point;
        const place = `${pictures} pictures of ${size}², batch ${batchSize}`;
        screen.told(`${sweep}, round ${round + 1} of ${rounds}: ${place}`);
        const task = { folder, imageSize: size, batchSize };
        loads.push(await compete('ours', { ...task, kind: 'scaleLoad' }));
        const network = { ...happyOrSad, size };
        const fit = await compete('ours', { ...task, kind: 'scaleFit', network, epochs });
        if (fit.graphRuns === 0) throw new Error(`The training of ${place} ran without a graph`);
        fits.push(fit);
        versions = fit.versions;
      }
      screen.told(`matrix product, round ${round + 1} of ${rounds}`);
      products.push((await compete('ours', matrix)).flopsPerSecond);
    }
  } catch (error) {
    screen.end();
    console.error(/** @type {Error} */ (error).message);
    return 1;
  }
  screen.end();

  const product = summary(products);
  const seen = points.map(({ point, loads, fits }) => seenAt(point, loads, fits, product.median));
  const [head = [], ...lines] = linesOf(seen);
  showTable(head, lines);
  const best = `${(product.median / 1e9).toFixed(0)} GFLOP/s (${(product.min / 1e9).toFixed(0)}–${(product.max / 1e9).toFixed(0)})`;
  console.log(`\nA product of two matrices of ${matrix.side}² reaches ${best}.`);
  const others = othersShare();
  console.log(`Other programs took ${shareInWords(others)}.`);
  const warning = busyWarning(others);
  if (warning) console.error(warning);
  if (quick || warning) {
    console.log(`Not written: docs/scaling.*, because of ${quick ? '--quick' : 'that'}.`);
    return quick ? 0 : 1;
  }
  const minutes = Math.ceil((Date.now() - start) / 60_000);
  const date = new Date().toISOString().slice(0, 10);
  const sitting = { machine: machine(), versions, seed, rounds, date, minutes, others };
  const picture = describeScaling(seen);
  const docs = path.join(root, 'docs');
  const text = scalingDocument(seen, { ...sitting, best, side: matrix.side }, picture);
  writeWhole({
    [path.join(docs, 'scaling.md')]: await formatted(text),
    [path.join(docs, 'scaling.svg')]: scalingChart(seen),
  });
  console.log('Written: docs/scaling.md and docs/scaling.svg.');
  return 0;
}

/**
 * @param {import('./points').Point} point
 * @param {any[]} loads
 * @param {any[]} fits
 * @param {number} product FLOP/s
 * @returns {Seen}
 */
function seenAt(point, loads, fits, product) {
  const seconds = median(fits.map((fit) => median(fit.epochs.slice(1))));
  const flops = trainingFlops({ ...happyOrSad, size: point.size });
  const reached = (flops * point.pictures) / seconds;
  return {
    point,
    loading: median(loads.map(({ pictures, fromCall }) => pictures / fromCall)),
    loadingPeak: median(loads.map(({ peak }) => peak)),
    training: (1000 * seconds) / point.pictures,
    trainingPeak: median(fits.map(({ peak }) => peak)),
    flops,
    reached,
    share: reached / product,
  };
}

module.exports = { scaling };
