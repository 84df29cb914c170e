const { contextOf, markdownTable, parted, tableOf, tableOfSeen } = require('./table');
const { shareInWords } = require('./watch-others');

/**
 * What a sitting leaves to be told.
 * @typedef {object} Sitting
 * @property {ReturnType<typeof import('./machine').machine>} machine
 * @property {Record<string, string>} versions by name
 * @property {number} seed
 * @property {number} rounds
 * @property {string} date such as "2026-11-20"
 * @property {number} minutes
 * @property {number} others share of the processors' time that other programs took
 */

/**
 * @param {readonly import('./measure').Row[]} rows
 * @param {Sitting} sitting
 * @param {string} picture the chart in words
 * @param {string} explanation where the time goes
 * @returns {string} Markdown
 */
function benchmarksDocument(rows, sitting, picture, explanation) {
  const { compared, seen } = parted(rows);
  return [
    '# Benchmarks',
    'Written by `npm run bench`; not to be edited. Keras, stock tfjs-node and Smile Lab on the same machine, inputs and initial weights, one after the other, in an order that changes with each round.',
    ...conditions(sitting),
    '## Targets',
    'Each figure is a ratio computed round by round; «ours» is the median of the rounds, «spread» the least and the greatest of them. «stock tfjs-node» is the same ratio for that. Except for memory and the notebook cell, more is better.',
    markdownTable(tableOf(compared)),
    `![${picture}](benchmarks.svg)`,
    '## Targets of what one sees',
    'In a notebook and in the dashboard; less is better. «Spread» is the least and the greatest of the rounds.',
    markdownTable(tableOfSeen(seen)),
    '## Where the time goes',
    'For the rows whose ratio is bounded by TensorFlow itself, measured in the same sitting.',
    explanation,
    '## What was tried',
    'By hand, in other sittings, for the rows above that are not met or just so. Nothing of it made them faster:',
    tried.map((line) => `- ${line}`).join('\n'),
    '## Absolute medians',
    'They hold for this machine on this day.',
    contextOf(rows)
      .map((line) => `- ${line}`)
      .join('\n'),
    '## How it is measured',
    [
      '- Every contestant works in a fresh process for each round, at its default settings, on the same native library of TensorFlow; stock tfjs-node is the same package with `SMILE_GRAPH=0 SMILE_STOCK_KERNELS=1`.',
      '- An epoch’s time is the median of those after the first; the first one counts from the call of `fit` to its end. Both are without shuffling and without a progress bar, with the metric accuracy.',
      '- The whole process counts from its start to its end, with each one’s directory loader, shuffled by each in its own way.',
      '- A prediction goes from an array to an array: `predict_on_batch` of a numpy array, and `predictOnBatch` of a tensor made from a `Float32Array`, read with `dataSync`; the median of 200 calls after 20.',
      '- Pictures per second are those of the first pass in a fresh process, files in the system’s file cache, unshuffled, batches of 32. The ratio is counted from the call of the loader to the last batch, as long as somebody waits. The photographs are made by sharp, structure at all scales and noise; 60 different ones under 300 names. Stock tfjs-node has no loader: it is given a plain one, picture by picture.',
      '- Memory is the peak of the process’ resident memory; of the decoded pictures at most 100 may be kept.',
      ...seenInWords,
      '- Before a round counts, the contestants must agree: the loss of a training step on the first batch within 1e-4, predictions within 1e-5, the first epoch’s mean loss within 1 %, the last epoch’s of Keras and ours within 1 % of the first one’s, the timed predictions of one picture within 1e-5, pixels exactly, the mean of shrunk ones within 1 %; and all must compute on a device of one kind.',
    ].join('\n'),
  ].join('\n\n');
}

/** For whoever wants to try more. */
const tried = [
  'One picture: constant weights, one thread, no oneDNN, a fused matrix product.',
  'A training step: fewer and more threads, between ops and within them; large memory pages; updating weights before all gradients are there.',
  'Training and decoding: memory that is never given back to the system.',
  'Photographs: sharp as a decoder, also at an eighth.',
  '`shrinkOnLoad`: the fast inverse transform, and plain upsampling of the colours.',
];

const seenInWords = [
  '- What a cell shows is measured at a client of the real kernel, as JupyterLab is one, in a fresh kernel for each round; what a browser then does is not in it. «In the cell that trains»: lesson 1’s training; from the moment that tfjs tells the end of an epoch to the coming of the first chart with that epoch; of each round the latest chart of all. `showProgress()`: the time for which the training waits in its callbacks, against the time of the whole training, the first of its kernel; beside it the same training in turns with and without it. `showGradCam()`: from sending the cell to its end, compiling it included, with the network just trained.',
  '- The dashboard is the one of `npm run dashboard`, in the Chromium of `npm run test:browser`, with three runs of 1,000 epochs that are over. First paint is the browser’s own account of it, from the call of the address; a page without curves yet counts. Then three runs begin at once; the library’s `logRun` writes an epoch of each every 20 ms, ten times as often as lesson 1 does, without a network that trains. An epoch is «in the list» when the page has painted its number, or a later one, beside the name of the run; «in the curves» when the last of the four charts with it is painted: every tenth epoch counts, since of more than 250 the page draws no others. Both count from the writing of the epoch; of each round the latest of all. The page «does not answer» while one task of it takes more than 50 ms, as the browser tells; 0.2 s is the limit up to which web.dev calls a page’s «interaction to next paint» good. The limits for list and curves are our own: the server looks twice a second, and the page draws at most once a second.',
  '- Lesson 3 counts from the start of the notebook runner, which `npm test` uses too, to its end, with the kernel’s start and all cells. The size of the notebooks is that of the files in the folder `notebooks`, in millions of bytes.',
];

/** @param {Sitting} sitting */
function conditions({ machine, versions, seed, rounds, date, minutes, others }) {
  const { cpu, cores, memory, system } = machine;
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    [
      `- ${date}, ${rounds} rounds, seed ${seed}, ${minutes} minutes`,
      `- ${cpu}, ${cores} cores, ${memory} memory, ${system}`,
      `- ${list.join(', ')}`,
      `- other programs took ${shareInWords(others)}`,
    ].join('\n'),
  ];
}

module.exports = { benchmarksDocument, conditions };
