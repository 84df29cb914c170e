const { contextOf, markdownTable, tableOf } = require('./table');

/**
 * What a sitting leaves to be told.
 * @typedef {object} Sitting
 * @property {ReturnType<typeof import('./machine').machine>} machine
 * @property {Record<string, string>} versions by name
 * @property {number} seed
 * @property {number} rounds
 * @property {string} date such as "2026-11-20"
 * @property {number} minutes
 * @property {string} [warning] why its figures are not worth keeping
 */

/**
 * @param {readonly import('./measure').Row[]} rows
 * @param {Sitting} sitting
 * @param {string} picture the chart in words
 * @param {string} explanation where the time goes
 * @returns {string} Markdown
 */
function benchmarksDocument(rows, sitting, picture, explanation) {
  return [
    '# Benchmarks',
    'Written by `npm run bench`; not to be edited. Keras, stock tfjs-node and Smile Lab on the same machine, inputs and initial weights, one after the other, in an order that changes with each round.',
    ...(sitting.warning ? [`> **${sitting.warning}**`] : []),
    ...conditions(sitting),
    '## Targets',
    'Each figure is a ratio computed round by round; «ours» is the median of the rounds, «spread» the least and the greatest of them. «stock tfjs-node» is the same ratio for that. Except for memory and the notebook cell, more is better.',
    markdownTable(tableOf(rows)),
    `![${picture}](benchmarks.svg)`,
    '## Where the time goes',
    'For the rows whose ratio is bounded by TensorFlow itself, measured in the same sitting.',
    explanation,
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
      '- Before a round counts, the contestants must agree: the loss of a training step on the first batch within 1e-4, predictions within 1e-5, the first epoch’s mean loss within 1 %, pixels exactly.',
    ].join('\n'),
  ].join('\n\n');
}

/** @param {Sitting} sitting */
function conditions({ machine, versions, seed, rounds, date, minutes }) {
  const { cpu, cores, memory, system } = machine;
  const list = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    [
      `- ${date}, ${rounds} rounds, seed ${seed}, ${minutes} minutes`,
      `- ${cpu}, ${cores} cores, ${memory} memory, ${system}`,
      `- ${list.join(', ')}`,
    ].join('\n'),
  ];
}

module.exports = { benchmarksDocument, conditions };
