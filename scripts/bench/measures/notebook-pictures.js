const { lags } = require('../lags');
const { median } = require('../statistics');

/** @typedef {{ seconds: number, outputs: { at: number, text: string }[] }} Cell what `timed_cells.py` tells of one */

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
const [shown, bare] = ['[showProgress()]', '[]'].map(
  (callbacks) => `(await train(${callbacks})).model.dispose();`,
);
const gradCam = (/** @type {number} */ i) =>
  `await showGradCam(classifier, unseen.filePaths[${8 * i}])`;

/**
 * What cells draw while a network trains and after it, in lesson 1's kernel.
 * @type {import('../measure').Measure}
 */
const notebookPictures = {
  name: 'notebook-pictures',
  prepare(_, { quick }) {
    const inTurns = quick ? [] : [bare, shown, shown, bare];
    const cells = [preparation(quick ? 4 : 15), ...[0, 1, 2, 3].map(gradCam), ...inTurns];
    return { kernel: { contestant: 'kernel', task: { cells } } };
  },
  rows({ kernel = [] }) {
    const rounds = kernel.map(({ cells: [first, ...others] }) => ({
      first: trainingOf(first),
      gradCams: others.slice(0, 4).map((/** @type {Cell} */ { seconds }) => seconds),
      inTurns: others.slice(4).map(trainingOf),
    }));
    /** @type {import('../measure').Row[]} */
    const rows = [
      {
        place: 20,
        measure: 'chart in the cell that trains, after the end of an epoch, at the latest',
        values: rounds.map(({ first }) => Math.max(...first.delays)),
        context: {
          unit: 's',
          values: { 'the median epoch': rounds.map(({ first }) => median(first.delays)) },
        },
        ...{ isSeen: true, must: 0.3, better: 'less', unit: 's' },
      },
      {
        place: 21,
        measure: 'showProgress(), share of the time of lesson 1’s training',
        values: rounds.map(({ first }) => (100 * first.inCallbacks) / first.seconds),
        ...turnsInWords(rounds.flatMap(({ inTurns }) => inTurns)),
        ...{ isSeen: true, must: 3, better: 'less', unit: '%' },
      },
      {
        place: 22,
        measure: 'showGradCam() of one picture, the first of a notebook',
        values: rounds.map(({ gradCams }) => Number(gradCams[0])),
        context: {
          unit: 's',
          values: { 'the next three': rounds.map(({ gradCams }) => median(gradCams.slice(1))) },
        },
        ...{ isSeen: true, must: 0.5, better: 'less', unit: 's' },
      },
    ];
    return rows;
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

/** @param {ReturnType<typeof trainingOf>[]} inTurns */
function turnsInWords(inTurns) {
  if (inTurns.length === 0) return {};
  const of = (/** @type {boolean} */ wanted) =>
    inTurns.filter(({ isShown }) => isShown === wanted).map(({ seconds }) => seconds);
  return { context: { unit: 's', values: { 'trained with it': of(true), without: of(false) } } };
}

module.exports = { notebookPictures, trainingOf };
