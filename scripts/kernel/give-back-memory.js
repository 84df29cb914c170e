const v8 = require('node:v8');
const vm = require('node:vm');

/** Compiled by the set-up. */
const ADDONS = '@tensorflow/tfjs-node-gpu/lib/napi-v8';

/** So many bytes of JavaScript's memory may come from one collection to the next: what a few cells leave behind. */
const GROWTH = 30e6;
/** How often a cell that runs is looked at, in milliseconds. */
const INTERVAL = 500;
/** Of the time that a cell runs, at most so much goes into collections. */
const SHARE = 0.05;
/** A cell that has run for so many milliseconds has perhaps computed with large tensors. */
const LONG = 500;

/**
 * Collects JavaScript's garbage, and gives memory back that nothing needs any more. Each cell leaves megabytes behind,
 * most of it TypeScript's, and callbacks that look at weights many more; V8 on a large machine would let it grow to
 * gigabytes. And only its collection tells TensorFlow that a tensor, a graph or a dataset's pictures are not used any more.
 */
class MemoryGiver {
  /** @type {() => void} */
  #collect;
  #kept = used();
  #notBefore = 0;

  constructor() {
    // Not on the command line: everything that a cell starts would inherit it.
    v8.setFlagsFromString('--expose-gc');
    this.#collect = vm.runInNewContext('gc');
  }

  /**
   * Collects while a cell runs.
   * @returns {() => void} ends it
   */
  watch() {
    const timer = setInterval(() => {
      if (performance.now() < this.#notBefore || !this.#hasGrown()) return;
      const start = performance.now();
      this.#collect();
      trim();
      const end = performance.now();
      this.#notBefore = end + (end - start) / SHARE;
      this.#kept = used();
    }, INTERVAL);
    return () => clearInterval(timer);
  }

  /**
   * Between two cells.
   * @param {number} ran how long the one before did, in milliseconds
   */
  async giveBack(ran) {
    const hasGrown = this.#hasGrown();
    if (hasGrown) {
      this.#collect();
      // Finalizers run in a turn of their own.
      await new Promise((resolve) => setImmediate(resolve));
      this.#kept = used();
    }
    if (hasGrown || ran > LONG) {
      trim();
      emptyPool();
    }
  }

  #hasGrown() {
    return used() > this.#kept + GROWTH;
  }
}

function used() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What JavaScript's garbage has left to the C library, and what of TensorFlow's library is not in use. */
function trim() {
  try {
    const memory = require(`${ADDONS}/process_memory.node`);
    memory.trim();
    memory.dropLibrary();
  } catch {
    // Not compiled: the collection alone has helped.
  }
}

/** What TensorFlow keeps for tensors: a training would need it again for its next step. */
function emptyPool() {
  try {
    if (usesTensorFlow()) require(`${ADDONS}/tensor_pool.node`).giveBack();
  } catch {
    // Not compiled.
  }
}

/** Whether a cell has loaded it: to load it here would take a second. */
function usesTensorFlow() {
  return require.resolve(`${ADDONS}/tfjs_binding.node`) in require.cache;
}

module.exports = { MemoryGiver };
