const { conditions } = require('../benchmarks-document');
const { digits, markdownTable } = require('../table');
const { sweeps } = require('./points');

/** @typedef {import('./scaling').Seen} Seen */

const head = [
  'pictures',
  'size',
  'batch',
  'loading, pictures/s',
  'loading, MB',
  'training, ms a picture',
  'training, MB',
  'GFLOP a picture',
  'GFLOP/s',
  'share of a matrix product',
];

/**
 * @param {readonly Seen[]} seen
 * @returns {string[][]} the head and a line for each point
 */
function linesOf(seen) {
  return [head, ...seen.map(lineOf)];
}

/** @param {Seen} seen */
function lineOf({ point, flops, reached, share, ...seen }) {
  return [
    point.pictures.toLocaleString('en'),
    `${point.size}²`,
    String(point.batchSize),
    seen.loading.toFixed(0),
    (seen.loadingPeak / 1e6).toFixed(0),
    digits(seen.training),
    (seen.trainingPeak / 1e6).toFixed(0),
    digits(flops / 1e9),
    (reached / 1e9).toFixed(0),
    `${(100 * share).toFixed(0)} %`,
  ];
}

/**
 * @param {readonly Seen[]} seen
 * @param {import('../benchmarks-document').Sitting & { best: string, side: number }} sitting
 * @param {string} picture the chart in words
 * @returns {string} Markdown
 */
function scalingDocument(seen, sitting, picture) {
  const tables = sweeps.flatMap(({ sweep, title }) => [
    `## With the ${title}`,
    markdownTable(linesOf(seen.filter(({ point }) => point.sweep === sweep))),
  ]);
  return [
    '# How time and memory grow',
    'Written by `npm run bench:scale`; not to be edited. The happy-or-sad network of Smile Lab, with the number of pictures, their size and the batch; medians of the rounds, each in a fresh process.',
    ...conditions(sitting),
    `![${picture}](scaling.svg)`,
    ...tables,
    '## How to read it',
    [
      '- Loading is the first pass through `imageDatasetFromDirectory`, from its call, over lesson 1’s pictures under as many names. Training is `fitDataset` from the same folder, its epochs after the first. MB is the peak of the process’ resident memory, TensorFlow and Node included; what the loader keeps of decoded pictures for the next pass is a part of it.',
      '- FLOP are those that the network’s convolutions and dense layers need: places × outputs × inputs × 2 for a prediction, three times that for a training step, less the first layer’s gradient of the picture, which nobody needs (`scripts/bench/flops.js`).',
      `- The share is against ${sitting.best}, what TensorFlow reaches on this machine in the same sitting with a product of two matrices of ${sitting.side}².`,
    ].join('\n'),
  ].join('\n\n');
}

module.exports = { linesOf, scalingDocument };
