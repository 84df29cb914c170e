const fs = require('node:fs');
const path = require('node:path');
const { executeNotebook } = require('../../notebooks/execute-notebook');
const { lessons } = require('../../notebooks/lessons');
const { root } = require('../../setup/paths');
const { lags } = require('../lags');
const { seen } = require('../measure');
const { median } = require('../statistics');

/** @typedef {{ seconds: number, outputs: { at: number, text: string }[] }} Cell what `timed_cells.py` tells of one */

/**
 * A helper of lesson 1 that computes next to nothing, so that the time is the kernel's; another name each time, as in a
 * notebook that grows.
 * @type {import('../measure').Measure}
 */
const notebookCell = {
  name: 'notebook-cell',
  prepare() {
    const call = (/** @type {number} */ i) =>
      `const stop${i} = stopAtAccuracy({ accuracy: 0.9${i} });`;
    const calls = [0, 1, 2, 3, 4, 5].map(call);
    return {
      'notebook kernel': { cells: ["import { stopAtAccuracy } from 'smile-lab';", ...calls] },
    };
  },
  figures: () => [
    {
      ...{ place: 11, measure: 'a notebook cell that calls a helper without tensor work' },
      of: ({ cells }) => median(cells.slice(2).map((/** @type {Cell} */ { seconds }) => seconds)),
      ...{ unit: 's', must: 0.2, better: 'less' },
    },
  ],
};

/**
 * Lesson 1's training, which tells its end of each epoch and the time that its callbacks took. The first callback sees an
 * epoch's end before showProgress does.
 */
const preparation = (/** @type {number} */ mostEpochs) => `
import {
  buildHappyOrSad, imageDatasetFromDirectory, showGradCam, showProgress, stopAtAccuracy, tf,
} from 'smile-lab';

const pictures = await imageDatasetFromDirectory('../data/happy-or-sad', {
  imageSize: [150, 150], batchSize: 10, labelMode: 'binary', seed: 1,
});
const rescaled = pictures.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
const unseen = await imageDatasetFromDirectory('../data/unseen-style', { shuffle: false });

const hooks = ['onTrainBegin', 'onEpochBegin', 'onBatchBegin', 'onBatchEnd', 'onEpochEnd', 'onTrainEnd'] as const;
const train = async (shown: tf.Callback[]) => {
  const model = buildHappyOrSad({ seed: 1 });
  const epochs: { epoch: number; at: number }[] = [];
  let inCallbacks = 0;
  for (const callback of shown) {
    for (const hook of hooks) {
      const own = callback[hook].bind(callback) as (...args: unknown[]) => Promise<void>;
      callback[hook] = async (...args: unknown[]) => {
        const begin = performance.now();
        await own(...args);
        inCallbacks += performance.now() - begin;
      };
    }
  }
  const note = new tf.CustomCallback({
    onEpochEnd: async (epoch) => void epochs.push({ epoch: epoch + 1, at: Date.now() }),
  });
  const begin = performance.now();
  await model.fitDataset(rescaled, {
    epochs: ${mostEpochs}, verbose: 0, callbacks: [note, ...shown, stopAtAccuracy({ accuracy: 0.999, print: () => {} })],
  });
  const seconds = (performance.now() - begin) / 1000;
  console.log(JSON.stringify({ seconds, inCallbacks: inCallbacks / 1000, epochs }));
  return { model, classNames: [...pictures.classNames], input: { imageSize: [150, 150] as [number, number], rescale: { divisor: 255 } } };
};
const classifier = await train([showProgress()]);
`;
const gradCams = [0, 8, 16, 24].map((i) => `await showGradCam(classifier, unseen.filePaths[${i}])`);
const [shown, bare] = ['[showProgress()]', '[]'].map(
  (callbacks) => `(await train(${callbacks})).model.dispose();`,
);

/**
 * What cells draw while a network trains and after it, in lesson 1's kernel.
 * @type {import('../measure').Measure}
 */
const notebookPictures = {
  name: 'notebook-pictures',
  prepare({ quick }) {
    const inTurns = quick ? [] : [bare, shown, shown, bare];
    return { 'notebook kernel': { cells: [preparation(quick ? 4 : 15), ...gradCams, ...inTurns] } };
  },
  figures() {
    /** @typedef {{ cells: Cell[] }} Answer */
    const first = (/** @type {Answer} */ { cells }) => trainingOf(/** @type {Cell} */ (cells[0]));
    const seconds = (/** @type {Answer} */ { cells }) =>
      cells.slice(1, 5).map((cell) => cell.seconds);
    const inTurns = (/** @type {Answer} */ { cells }, /** @type {boolean} */ isShown) => {
      const trainings = cells.slice(5).map(trainingOf);
      return trainings.filter((one) => one.isShown === isShown).map((one) => one.seconds);
    };
    return [
      seen(20, 'chart in the cell that trains, after the end of an epoch, at the latest', {
        of: (answer) => Math.max(...first(answer).delays),
        beside: { 'the median epoch': (answer) => median(first(answer).delays) },
        must: 0.3,
      }),
      seen(21, 'showProgress(), share of the time of lesson 1’s training', {
        of: (answer) => (100 * first(answer).inCallbacks) / first(answer).seconds,
        unit: '%',
        beside: {
          'trained with it': (answer) => inTurns(answer, true),
          without: (answer) => inTurns(answer, false),
        },
        must: 3,
      }),
      seen(22, 'showGradCam() of one picture, the first of a notebook', {
        of: (answer) => Number(seconds(answer)[0]),
        beside: { 'the next three': (answer) => median(seconds(answer).slice(1)) },
        must: 0.5,
      }),
    ];
  },
};

/**
 * @param {Cell} cell
 * @returns {{ seconds: number, inCallbacks: number, isShown: boolean, delays: number[] }} delays: seconds from the end of
 *   each epoch until a chart with it came
 */
function trainingOf({ outputs }) {
  const told = outputs.find(({ text }) => text.startsWith('{"seconds"'));
  const { seconds, inCallbacks, epochs } = JSON.parse(told?.text ?? '');
  const charts = outputs.flatMap(({ at, text }) => {
    const [, count] = /Training curve over (\d+) epoch/.exec(text) ?? [];
    return count ? [{ epoch: Number(count), at }] : [];
  });
  const isShown = inCallbacks > 0;
  const delays = isShown ? lags(epochs, charts).map((ms) => ms / 1000) : [];
  return { seconds, inCallbacks, isShown, delays };
}

/** @type {import('../measure').Measure} */
const lesson = {
  name: 'lesson-3',
  isLong: true,
  prepare({ folder }) {
    const notebook = path.join('notebooks', '03-inside-the-network.ipynb');
    return {
      'notebook runner': () => executeNotebook(notebook, path.join(folder, 'executed.ipynb')),
    };
  },
  figures() {
    const of = (/** @type {any} */ answer) => answer.processSeconds;
    return [seen(27, 'lesson 3, all cells, from the start of a kernel', { of, must: 90 })];
  },
};

/** @type {import('../measure').Measure} */
const notebooksSize = {
  name: 'notebooks-size',
  prepare: () => ({ files: async () => ({ megabytes: notebooksMegabytes() }) }),
  figures() {
    const of = (/** @type {any} */ answer) => answer.megabytes;
    return [seen(28, 'all notebooks together, with their pictures', { of, unit: 'MB', must: 5 })];
  },
};

/** @returns {number} of the lessons' files */
function notebooksMegabytes() {
  const bytes = lessons().map((lesson) => fs.statSync(path.join(root, lesson)).size);
  return bytes.reduce((sum, size) => sum + size, 0) / 1e6;
}

module.exports = { lesson, notebookCell, notebookPictures, notebooksMegabytes, notebooksSize };
