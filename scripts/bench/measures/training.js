const {
  checkEach,
  checkEqual,
  checkGraph,
  checkLearned,
  checkRelative,
  each,
} = require('../agreement');
const { faces } = require('../inputs');
const { times } = require('../measure');
const { emotions, happyOrSad } = require('../networks');
const { median } = require('../statistics');

/** Networks that are trained from the same weights on the same batches; less: with `--quick`; promised: of an epoch. */
const trainings = [
  {
    ...{ name: 'happy-or-sad', title: 'happy-or-sad', network: happyOrSad, batchSize: 10 },
    full: { pictures: 80, epochs: 8, predictions: 200 },
    less: { pictures: 80, epochs: 3, predictions: 50 },
    promised: { must: 1.2, aim: 1.5 },
  },
  {
    ...{ name: 'emotions', title: 'emotion network', network: emotions, batchSize: 32 },
    full: { pictures: 224, epochs: 3, predictions: 0 },
    less: { pictures: 32, epochs: 2, predictions: 0 },
    promised: { must: 1.1, aim: 1.25 },
  },
];

/** @type {import('../measure').Measure[]} */
const epochs = trainings.map(({ name, title, network, batchSize, full, less, promised }) => ({
  name,
  prepare(inputs) {
    const amount = inputs.quick ? less : full;
    const batches = inputs.batches(name, network.size, amount.pictures);
    const weights = inputs.weights(name, network);
    const task = { kind: 'fit', network, batchSize, weights, ...amount, ...batches };
    return { keras: task, stock: task, ours: task };
  },
  check: (round) => checkTraining(title, round),
  figures(quick) {
    const { pictures, predictions } = quick ? less : full;
    const what = `${title} (${pictures} × ${network.size}², batch ${batchSize})`;
    const [latency, ratio] = ['one picture predicted, latency: Keras/ours', ['stock', 'ours']];
    const first = (/** @type {any} */ answer) => answer.epochs[0];
    const later = (/** @type {any} */ answer) => median(answer.epochs.slice(1));
    const ofPicture = (/** @type {any} */ answer) => answer.prediction.whole;
    return [
      times(1, `epoch, ${what}: Keras/ours`, { of: later, ...promised }),
      times(3, `first epoch, ${title}: Keras/ours`, { of: first, must: 1.5, aim: 2.5 }),
      times(5, `epoch, ${title}: stock tfjs-node/ours`, { ratio, of: later, must: 4, aim: 5 }),
      ...(predictions ? [times(6, latency, { of: ofPicture, unit: 'ms', must: 2.5, aim: 4 })] : []),
    ];
  },
}));

const wholeEpochs = (/** @type {boolean} */ quick) => (quick ? 4 : 10);

/**
 * From the start of a process to its end: import, load the pictures, rescale, build, train. Sorted by class the pictures
 * would teach nothing, so each shuffles in its own way.
 * @type {import('../measure').Measure}
 */
const wholeProcess = {
  name: 'whole-process',
  wantsOwnProcess: true,
  prepare(inputs) {
    const epochs = wholeEpochs(inputs.quick);
    const folder = { folder: faces, imageSize: happyOrSad.size, batchSize: 10, seed: inputs.seed };
    const weights = inputs.weights('whole-process', happyOrSad);
    const task = { kind: 'whole', network: happyOrSad, weights, epochs, ...folder };
    return { keras: task, ours: task };
  },
  check(round) {
    const what = 'the whole process of happy-or-sad';
    checkGraph(what, { ours: round['ours'] });
    checkLearned(`the last epoch's mean loss of ${what}`, each(round, lastLoss));
  },
  figures(quick) {
    const what = `whole process, ${wholeEpochs(quick)} epochs of happy-or-sad: Keras/ours`;
    return [times(4, what, { of: ({ processSeconds }) => processSeconds, must: 2, aim: 3 })];
  },
};

/** @param {any} answer @returns {number} */
const lastLoss = ({ losses }) => losses.at(-1);

/** @type {(title: string, round: any) => void} */
function checkTraining(title, round) {
  checkGraph(title, round);
  const { calls, byGraph } = round.ours.prediction ?? {};
  if (calls) {
    // The calls that are timed must be those of the graph, and say what Keras says.
    checkEqual(`the timed predictions of ${title} by a graph`, { ours: byGraph, all: calls });
    const said = each(round, ({ onePicture }) => onePicture);
    checkEach(`the prediction of one picture by ${title}`, said, 1e-5);
  }
  const firstBatch = each(round, ({ firstLoss }) => firstLoss);
  checkRelative(`the first batch's loss of ${title}`, firstBatch, 1e-4);
  const predictions = each(round, (answer) => answer.predictions);
  checkEach(`the predictions of ${title}`, predictions, 1e-5);
  // Steps that do less than a training would be faster; the tolerance leaves room for tfjs's own Adam.
  const firstEpoch = each(round, ({ losses }) => losses[0]);
  checkRelative(`the first epoch's mean loss of ${title}`, firstEpoch, 0.01);
  // What is left of a loss after many steps is rounding; of what there was to learn it is little.
  const { keras, ours } = each(round, lastLoss);
  const tolerance = 0.01 * round.keras.losses[0];
  checkEach(`the last epoch's mean loss of ${title}`, { keras: [keras], ours: [ours] }, tolerance);
}

module.exports = { epochs, trainings, wholeProcess };
