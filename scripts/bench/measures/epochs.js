const { checkEach, checkEqual, checkGraph, checkRelative } = require('../agreement');
const { contextOf, ratioOf } = require('../measure');
const { emotions, happyOrSad } = require('../networks');
const { median } = require('../statistics');

/** @typedef {import('../measure').Measure} Measure */
/** @typedef {import('../measure').Answers} Answers */

/**
 * @typedef {object} Training
 * @property {string} name
 * @property {string} title
 * @property {import('../networks').Network} network
 * @property {number} batchSize
 * @property {(quick: boolean) => { pictures: number, epochs: number, predictions: number }} amount predictions: how
 *   often one picture is predicted afterwards
 * @property {{ must: number, aim: number }} epoch
 */

/** @type {Measure} */
const happyOrSadEpochs = trainingMeasure({
  name: 'happy-or-sad',
  title: 'happy-or-sad',
  network: happyOrSad,
  batchSize: 10,
  amount: (quick) =>
    quick
      ? { pictures: 80, epochs: 3, predictions: 50 }
      : { pictures: 80, epochs: 8, predictions: 200 },
  epoch: { must: 1.2, aim: 1.5 },
});

/** @type {Measure} */
const emotionsEpochs = trainingMeasure({
  name: 'emotions',
  title: 'emotion network',
  network: emotions,
  batchSize: 32,
  amount: (quick) =>
    quick
      ? { pictures: 32, epochs: 2, predictions: 0 }
      : { pictures: 224, epochs: 3, predictions: 0 },
  epoch: { must: 1.1, aim: 1.25 },
});

/**
 * One network trained from the same weights on the same batches, in a fresh process each time.
 * @param {Training} training
 * @returns {Measure}
 */
function trainingMeasure({ name, title, network, batchSize, amount, epoch }) {
  return {
    name,
    prepare(inputs, { quick }) {
      const { pictures, epochs, predictions } = amount(quick);
      const task = {
        kind: 'fit',
        network,
        batchSize,
        epochs,
        predictions,
        weights: inputs.weights(name, network),
        ...inputs.batches(name, network.size, pictures),
      };
      return {
        keras: { contestant: 'keras', task },
        stock: { contestant: 'stock', task },
        ours: { contestant: 'ours', task },
      };
    },
    check: (round) => checkTraining(title, round),
    rows(answers, { quick }) {
      const { pictures, predictions } = amount(quick);
      const what = `${title} (${pictures} × ${network.size}², batch ${batchSize})`;
      const rows = [
        {
          place: 1,
          measure: `epoch, ${what}: Keras/ours`,
          ...againstKeras(answers, laterEpoch),
          ...epoch,
        },
        {
          place: 3,
          measure: `first epoch, ${title}: Keras/ours`,
          ...againstKeras(answers, firstEpoch),
          ...{ must: 1.5, aim: 2.5 },
        },
        {
          place: 5,
          measure: `epoch, ${title}: stock tfjs-node/ours`,
          values: ratioOf(answers, 'stock', 'ours', laterEpoch),
          context: contextOf(answers, laterEpoch, 's'),
          ...{ must: 4, aim: 5 },
        },
      ];
      if (predictions > 0) {
        rows.push({
          place: 6,
          measure: 'one picture predicted, latency: Keras/ours',
          ...againstKeras(answers, ({ latency }) => 1000 * latency, 'ms'),
          ...{ must: 2.5, aim: 4 },
        });
      }
      return rows.map((row) => ({ ...row, better: 'more' }));
    },
  };
}

/** @param {{ epochs: number[] }} answer */
function firstEpoch({ epochs }) {
  return Number(epochs[0]);
}

/** @param {{ epochs: number[] }} answer */
function laterEpoch({ epochs }) {
  return median(epochs.slice(1));
}

/**
 * @param {Answers} answers
 * @param {(answer: any) => number} valueOf
 * @param {string} unit
 */
function againstKeras(answers, valueOf, unit = 's') {
  return {
    values: ratioOf(answers, 'keras', 'ours', valueOf),
    stock: ratioOf(answers, 'keras', 'stock', valueOf),
    context: contextOf(answers, valueOf, unit),
  };
}

/**
 * @param {string} title
 * @param {any} round
 */
function checkTraining(title, round) {
  checkGraph(title, round);
  if (round.ours.byGraph !== undefined) checkPrediction(title, round);
  /** @param {(answer: any) => any} valueOf */
  const each = (valueOf) =>
    Object.fromEntries(Object.entries(round).map(([name, answer]) => [name, valueOf(answer)]));
  checkRelative(
    `the first batch's loss of ${title}`,
    each(({ firstLoss }) => firstLoss),
    1e-4,
  );
  checkEach(
    `the predictions of ${title}`,
    each(({ predictions }) => predictions),
    1e-5,
  );
  // Steps that do less than a training would be faster; the tolerance leaves room for tfjs's own Adam.
  checkRelative(
    `the first epoch's mean loss of ${title}`,
    each(({ losses }) => losses[0]),
    0.01,
  );
  // What is left of a loss after many steps is rounding; of what there was to learn it is little.
  const { keras, ours } = each(({ losses }) => [losses.at(-1)]);
  const tolerance = 0.01 * round.keras.losses[0];
  checkEach(`the last epoch's mean loss of ${title}`, { keras, ours }, tolerance);
}

/**
 * The calls that are timed must be those of the graph, and say what Keras says.
 * @param {string} title
 * @param {any} round
 */
function checkPrediction(title, { keras, stock, ours }) {
  checkEqual(`the timed predictions of ${title} by a graph`, {
    ours: ours.byGraph,
    all: ours.calls,
  });
  checkEach(
    `the prediction of one picture by ${title}`,
    { keras: keras.onePicture, stock: stock.onePicture, ours: ours.onePicture },
    1e-5,
  );
}

module.exports = { emotionsEpochs, happyOrSadEpochs };
