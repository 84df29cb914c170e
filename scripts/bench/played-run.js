const path = require('node:path');
const { dist } = require('../setup/paths');

/** @type {typeof import('../../src/index')} */
const { buildHappyOrSad, logRun } = require(dist);
const steps = 8;
const random = require('seedrandom').alea('played run');
/** Of all runs: nothing changes its weights. */
const model = buildHappyOrSad({ seed: 1 });

/** A training of lesson 1's network that takes no time: its log is written by the library's own callback. */
class PlayedRun {
  /** @type {import('./lags').Moment[]} when each epoch was written */
  written = [];

  /** @param {string} folder of its log */
  constructor(folder) {
    this.log = logRun({ run: folder });
    this.name = path.basename(folder);
  }

  /** @param {number} epochs as planned */
  async begin(epochs) {
    this.log.setParams({ epochs, steps, doValidation: true });
    this.log.setModel(model);
    await this.log.onTrainBegin();
  }

  /** Writes the next epoch, with a loss that falls. */
  async writeEpoch() {
    const epoch = this.written.length;
    const loss = 0.7 * Math.exp(-epoch / 300) + 0.05 * random();
    const logs = { loss, acc: 1 - loss / 2 };
    await this.log.onEpochBegin(epoch);
    for (let batch = 0; batch < steps; batch++) {
      await this.log.onBatchEnd(batch, { batch, size: 10, ...logs });
    }
    this.written.push({ epoch: epoch + 1, at: Date.now() });
    await this.log.onEpochEnd(epoch, { ...logs, val_loss: loss + 0.1, val_acc: 0.9 - loss / 2 });
  }

  async end() {
    await this.log.onTrainEnd();
  }
}

module.exports = { PlayedRun };
