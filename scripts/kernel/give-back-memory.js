const v8 = require('node:v8');
const vm = require('node:vm');

/** Compiled by the set-up, beside tfjs's own addon. */
const MEMORY_ADDON = '@tensorflow/tfjs-node-gpu/lib/napi-v8/process_memory.node';

/** So many bytes of JavaScript's memory may come from one collection to the next: what some four cells leave behind. */
const GROWTH = 60e6;
/** How often a cell that runs is looked at, in milliseconds. */
const INTERVAL = 500;
/** Of the time that a cell runs, at most so much goes into collections. */
const SHARE = 0.05;

/**
 * Collects JavaScript's garbage, and gives memory back that nothing needs any more. Each cell leaves some 20 MB behind,
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
      const end = performance.now();
      this.#notBefore = end + (end - start) / SHARE;
      this.#kept = used();
    }, INTERVAL);
    return () => clearInterval(timer);
  }

  /** Between two cells. */
  async giveBack() {
    if (!this.#hasGrown()) return;
    this.#collect();
    // Finalizers run in a turn of their own.
    await new Promise((resolve) => setImmediate(resolve));
    trim();
    this.#kept = used();
  }

  #hasGrown() {
    return used() > this.#kept + GROWTH;
  }
}

function used() {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function trim() {
  try {
    const memory = require(MEMORY_ADDON);
    memory.trim();
    memory.dropLibrary();
  } catch {
    // Not compiled: the collection alone has helped.
  }
}

module.exports = { MemoryGiver };
