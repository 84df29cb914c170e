const { checkGraph, checkLearned } = require('../agreement');
const { faces } = require('../inputs');
const { contextOf, ratioOf } = require('../measure');
const { happyOrSad } = require('../networks');

const title = 'the whole process of happy-or-sad';

/** @param {{ quick: boolean }} options */
function epochsOf({ quick }) {
  return quick ? 4 : 10;
}

/**
 * From the start of a process to its end: import, load the pictures, rescale, build, train. Sorted by
 * class the pictures would teach nothing, so each shuffles in its own way.
 * @type {import('../measure').Measure}
 */
const wholeProcess = {
  name: 'whole-process',
  wantsOwnProcess: true,
  prepare(inputs, options) {
    const task = {
      kind: 'whole',
      network: happyOrSad,
      folder: faces,
      imageSize: happyOrSad.size,
      batchSize: 10,
      epochs: epochsOf(options),
      seed: inputs.seed,
      weights: inputs.weights('whole-process', happyOrSad),
    };
    return { keras: { contestant: 'keras', task }, ours: { contestant: 'ours', task } };
  },
  check({ keras, ours }) {
    checkGraph(title, { ours });
    checkLearned(`the last epoch's mean loss of ${title}`, {
      keras: keras.losses.at(-1),
      ours: ours.losses.at(-1),
    });
  },
  rows: (answers, options) => [
    {
      place: 4,
      measure: `whole process, ${epochsOf(options)} epochs of happy-or-sad: Keras/ours`,
      values: ratioOf(answers, 'keras', 'ours', seconds),
      context: contextOf(answers, seconds, 's'),
      ...{ must: 2, aim: 3, better: 'more' },
    },
  ],
};

/** @param {{ processSeconds: number }} answer */
function seconds({ processSeconds }) {
  return processSeconds;
}

module.exports = { wholeProcess };
