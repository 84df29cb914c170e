const { loadLibrary } = require('../load-library');

/** @type {typeof import('../../src/index')} */
const { buildHappyOrSad, logRun } = loadLibrary();
const random = require('seedrandom').alea('played run');
/** Of all runs: nothing changes its weights. */
const model = buildHappyOrSad({ seed: 1 });

/**
 * Plays a training of lesson 1's network that takes no time: its loss falls, and its log is written by the library's own
 * callback.
 * @param {string} folder of its log
 * @param {number} epochs
 * @param {(epoch: number) => number} [due] when each is to come, from 0 on; at once when left out
 * @returns {Promise<import('./lags').Moment[]>} when each epoch was written
 */
async function playRun(folder, epochs, due) {
  const log = logRun({ run: folder });
  log.setParams({ epochs, steps: 8, doValidation: true });
  log.setModel(model);
  await log.onTrainBegin();
  const written = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (due) await new Promise((resolve) => setTimeout(resolve, due(epoch) - Date.now()));
    const loss = 0.7 * Math.exp(-epoch / 300) + 0.05 * random();
    const logs = { loss, acc: 1 - loss / 2 };
    await log.onEpochBegin(epoch);
    for (let batch = 0; batch < 8; batch++) {
      await log.onBatchEnd(batch, { batch, size: 10, ...logs });
    }
    written.push({ epoch: epoch + 1, at: Date.now() });
    await log.onEpochEnd(epoch, { ...logs, val_loss: loss + 0.1, val_acc: 0.9 - loss / 2 });
  }
  await log.onTrainEnd();
  return written;
}

module.exports = { playRun };
