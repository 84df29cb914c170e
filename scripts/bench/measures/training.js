const { byGraph, checkAgreement, learned, within, withinShare } = require('../agreement');
const { faces } = require('../inputs');
const { allWays, augmented, emotions, happyOrSad } = require('../networks');

/** @typedef {import('../run-measures').Measure} Measure */

/** Networks that are trained from the same weights on the same batches; few: pictures with `--quick`. */
const trainings = [
  { network: happyOrSad, batchSize: 10, few: 40, pictures: 80, epochs: 8, predictions: 200 },
  { network: emotions, batchSize: 32, few: 32, pictures: 224, epochs: 3, predictions: 0 },
];

/** @type {Measure[]} */
const epochs = trainings.map(({ network, batchSize, few, ...full }) => ({
  name: network.name,
  amount: (quick) => ({ ...full, ...(quick && { pictures: few, epochs: 3 }) }),
  async prepare(inputs, amount) {
    const data = inputs.pictures(network, amount['pictures']);
    const task = { kind: 'fit', model: await inputs.model(network), data, batchSize, ...amount };
    return { keras: task, stock: task, ours: task };
  },
  check: (round) => checkTraining(network.name, round),
}));

/**
 * The emotion network with layers in front that change its pictures at random, and without. What is drawn differs between
 * the contestants: they must agree in what they predict, where nothing is drawn.
 * @type {Measure}
 */
const augmentation = {
  name: 'augmentation',
  isLong: true,
  amount: (quick) => ({ pictures: quick ? 64 : 224, epochs: quick ? 3 : 4 }),
  async prepare(inputs, amount) {
    const data = inputs.pictures(emotions, amount['pictures']);
    const task = { kind: 'fit', data, batchSize: 32, predictions: 0, ...amount };
    const [plain, few, all] = [emotions, augmented, allWays].map(async (network) => ({
      ...{ ...task, model: await inputs.model(network) },
    }));
    return {
      ...{ keras: await few, ours: await few, plain: await plain },
      ...{ kerasAll: await all, all: await all },
    };
  },
  check: (round) => {
    const { keras, ours, all, plain } = round;
    const what = 'the emotion network with augmentation';
    for (const each of [ours, all, plain]) {
      checkAgreement(`the runs of a graph of ${what}`, { ours: each }, 'graphRuns', byGraph);
    }
    checkAgreement(`the predictions of ${what}`, { keras, ours, all }, 'predictions', within(1e-5));
  },
};

/**
 * From the start of a process to its end: import, load the network and the pictures, rescale, train. Sorted by class the
 * pictures would teach nothing, so each shuffles in its own way.
 * @type {Measure}
 */
const wholeProcess = {
  name: 'whole-process',
  amount: (quick) => ({ epochs: quick ? 4 : 10 }),
  async prepare(inputs, amount) {
    const folder = { folder: faces, imageSize: happyOrSad.size, batchSize: 10, seed: inputs.seed };
    const task = { kind: 'whole', model: await inputs.model(happyOrSad), ...amount, ...folder };
    return { keras: task, ours: task };
  },
  check(round) {
    const what = 'the whole process of happy-or-sad';
    checkAgreement(`the runs of a graph in ${what}`, round, 'graphRuns', byGraph);
    checkAgreement(`the last epoch's loss of ${what}`, round, 'lastLoss', learned);
  },
};

/** @type {(name: string, round: Record<string, any>) => void} */
function checkTraining(name, round) {
  const { keras, ours } = round;
  checkAgreement(`the runs of a graph of ${name}`, round, 'graphRuns', byGraph);
  if (ours.prediction) {
    // The calls that are timed must be those of the graph, and say what Keras says.
    const none = { required: 'none', holds: ({ ours = NaN }) => ours === 0 };
    checkAgreement(`the timed predictions without a graph of ${name}`, { ours }, 'eager', none);
    checkAgreement(`the prediction of one picture of ${name}`, round, 'onePicture', within(1e-5));
  }
  checkAgreement(`the first batch's loss of ${name}`, round, 'firstLoss', withinShare(1e-4));
  checkAgreement(`the predictions of ${name}`, round, 'predictions', within(1e-5));
  // Steps that do less than a training would be faster; the tolerance leaves room for tfjs's own Adam.
  checkAgreement(`the first epoch's loss of ${name}`, round, 'firstEpochLoss', withinShare(0.01));
  // What is left of a loss after many steps is rounding; of what there was to learn it is little.
  const tolerance = within(0.01 * keras.firstEpochLoss);
  checkAgreement(`the last epoch's loss of ${name}`, { keras, ours }, 'lastLoss', tolerance);
}

module.exports = { augmentation, epochs, wholeProcess };
