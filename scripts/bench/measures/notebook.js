const fs = require('node:fs');
const path = require('node:path');
const { executeNotebook } = require('../../notebooks/execute-notebook');
const { lessons } = require('../../notebooks/lessons');
const { root } = require('../../setup/paths');
const { faces } = require('../inputs');
const { lags } = require('../lags');
const { median } = require('../statistics');

/** @typedef {import('../run-measures').Measure} Measure */
/** @typedef {{ at: number, text?: string }} Event a text or picture comes; without one a cell begins or the last ends */

const unseenStyle = path.join(root, 'data', 'unseen-style');

/** Another name each time, as in a notebook that grows; so little to compute that the time is the kernel's. */
const helperCells = [0, 1, 2, 3, 4, 5].map(
  (i) => `const stop${i} = stopAtAccuracy({ accuracy: 0.9${i} });`,
);
const importingCell = `import {
  buildHappyOrSad, imageDatasetFromDirectory, showGradCam, showProgress, stopAtAccuracy, tf,
} from 'smile-lab';`;

/** Lesson 1's training; tells the end of each epoch, before showProgress sees it, and the time for which that is waited. */
const trainingCell = (/** @type {number} */ mostEpochs) => `
const imageSize: [number, number] = [150, 150];
const pictures = await imageDatasetFromDirectory(${JSON.stringify(faces)}, {
  imageSize, batchSize: 10, labelMode: 'binary', seed: 1,
});
const rescaled = pictures.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
const model = buildHappyOrSad({ seed: 1 });

const hooks = ['onTrainBegin', 'onEpochBegin', 'onBatchBegin', 'onBatchEnd', 'onEpochEnd', 'onTrainEnd'];
class Stamp extends tf.Callback {}
const stamp = (note: (hook: string, epoch: number) => void) =>
  Object.assign(new Stamp(), ...hooks.map((hook) => ({ [hook]: async (i: number) => note(hook, i) })));
const epochs: { epoch: number; at: number }[] = [];
let [asked, inProgress] = [0, 0];
const before = stamp((hook, epoch) => {
  if (hook === 'onEpochEnd') epochs.push({ epoch: epoch + 1, at: Date.now() });
  asked = performance.now();
});
const after = stamp(() => void (inProgress += performance.now() - asked));

const begin = performance.now();
await model.fitDataset(rescaled, {
  epochs: ${mostEpochs}, verbose: 0,
  callbacks: [before, showProgress(), after, stopAtAccuracy({ accuracy: 0.999, print: () => {} })],
});
console.log(JSON.stringify({ share: inProgress / (performance.now() - begin), epochs }));
const classifier = { model, classNames: [...pictures.classNames], input: { imageSize, rescale: { divisor: 255 } } };
const unseen = await imageDatasetFromDirectory(${JSON.stringify(unseenStyle)}, { shuffle: false });
`;
const gradCamCells = [0, 8, 16, 24].map(
  (i) => `await showGradCam(classifier, unseen.filePaths[${i}]);`,
);

/**
 * What a cell takes, and what cells draw while a network trains and after it, in lesson 1's kernel.
 * @type {Measure}
 */
const notebook = {
  name: 'notebook',
  prepare({ folder, quick }) {
    const cells = [importingCell, ...helperCells, trainingCell(quick ? 4 : 15), ...gradCamCells];
    return { kernel: async () => toldBy(await eventsOf(folder, cells)) };
  },
};

/** @type {(folder: string, sources: string[]) => Promise<Event[]>} of cells in a fresh kernel, as a client of it */
async function eventsOf(folder, sources) {
  const notebook = path.join(folder, 'cells.ipynb');
  const code = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [] };
  const cells = sources.map((source, i) => ({ ...code, id: `cell-${i}`, source }));
  const metadata = { kernelspec: { name: 'smile-lab', display_name: 'Smile Lab (TypeScript)' } };
  fs.writeFileSync(notebook, JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }));
  /** @type {Event[]} */
  const events = [];
  const note = (/** @type {string} */ text) => void events.push({ at: Date.now(), text });
  const turn = () => void events.push({ at: Date.now() });
  const watcher = { cell: turn, text: note, html: note, peak: turn };
  await executeNotebook(notebook, notebook, { watcher });
  return events;
}

/** @param {readonly Event[]} events of the measure above, in their order */
function toldBy(events) {
  const turns = events.flatMap(({ at, text }) => (text === undefined ? at : []));
  const seconds = turns.slice(1).map((at, i) => (at - Number(turns[i])) / 1000);
  const [firstGradCam, ...otherGradCams] = seconds.slice(8);
  const told = events.find(({ text }) => text?.startsWith('{"share"'))?.text;
  const { share, epochs } = JSON.parse(told ?? '');
  const charts = events.flatMap(({ at, text = '' }) => {
    const [, epoch] = /Training curve over (\d+) epoch/.exec(text) ?? [];
    return epoch ? [{ epoch: Number(epoch), at }] : [];
  });
  const delays = lags(epochs, charts).map((ms) => ms / 1000);
  return {
    ...{ helperCell: median(seconds.slice(2, 7)), progressShare: 100 * share },
    ...{ latestChart: Math.max(...delays), medianChart: median(delays) },
    ...{ firstGradCam, nextGradCam: median(otherGradCams) },
  };
}

/** @type {Measure} */
const lesson = {
  name: 'lesson-3',
  isLong: true,
  prepare({ folder }) {
    const target = path.join(folder, 'executed.ipynb');
    return { runner: () => executeNotebook('notebooks/03-inside-the-network.ipynb', target) };
  },
};

/** @type {Measure} */
const notebooksSize = {
  name: 'notebooks-size',
  prepare: () => ({ files: async () => ({ megabytes: notebooksMegabytes() }) }),
};

/** @returns {number} of the lessons' files */
function notebooksMegabytes() {
  const bytes = lessons().map((lesson) => fs.statSync(path.join(root, lesson)).size);
  return bytes.reduce((sum, size) => sum + size, 0) / 1e6;
}

module.exports = { lesson, notebook, notebooksMegabytes, notebooksSize, toldBy };
