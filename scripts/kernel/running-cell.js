const { AsyncLocalStorage } = require('node:async_hooks');

/** Known wherever a cell's own code runs, also behind an await or after the cell was given up. */
const cells = /** @type {AsyncLocalStorage<{ isStopped: boolean }>} */ (new AsyncLocalStorage());

/** The cell that runs or has run last. */
let last = { isStopped: false };

/** Why a cell ended when Stop was pressed. */
class Stopped extends Error {
  constructor() {
    super('the Stop button was pressed, and the cell ended here');
    this.name = 'Stopped';
  }
}

/**
 * Runs a cell.
 * @template T
 * @param {() => T} run
 * @returns {T}
 */
function runCell(run) {
  last = { isStopped: false };
  return cells.run(last, run);
}

/** Notes that Stop was pressed in the cell that runs. */
function noteStop() {
  last.isStopped = true;
}

/**
 * Lets a cell begin no training after Stop, which would end the present one of a loop and no other. What the cell does
 * with a training that was stopped still runs: it shows the history.
 * @param {typeof import('smile-lab').tf} tf
 */
function refuseTrainingsAfterStop(tf) {
  for (const method of /** @type {const} */ (['fit', 'fitDataset'])) {
    const prototype = /** @type {Record<string, any>} */ (tf.LayersModel.prototype);
    const original = prototype[method];
    /** @this {import('smile-lab').tf.LayersModel} @param {unknown[]} args */
    prototype[method] = async function (...args) {
      if (cells.getStore()?.isStopped) throw new Stopped();
      return original.apply(this, args);
    };
  }
}

module.exports = { noteStop, refuseTrainingsAfterStop, runCell, Stopped };
