const v8 = require('node:v8');
const vm = require('node:vm');

/** Compiled by the set-up, beside tfjs's own addon. */
const MEMORY_ADDON = '@tensorflow/tfjs-node-gpu/lib/napi-v8/process_memory.node';

/** By so many bytes the heap may grow from one look at it to the next: some four cells. */
const GROWTH = 60e6;
/** By so much of what is alive V8 lets the heap grow before it collects; of itself it would wait for gigabytes. */
const PERCENT = 30;

/**
 * Makes a function that gives back, between two cells, the memory that nothing needs any more. Each cell leaves some 20 MB
 * behind, most of it TypeScript's, and only V8's collection tells TensorFlow that a tensor, a graph or a dataset's pictures
 * are not used any more.
 * @returns {() => Promise<void>}
 */
function memoryGiver() {
  // Not on the command line: everything that a cell starts would inherit it.
  v8.setFlagsFromString(`--heap-growing-percent=${PERCENT}`);
  v8.setFlagsFromString('--expose-gc');
  /** @type {() => void} */
  const collect = vm.runInNewContext('gc');
  let heap = process.memoryUsage().heapUsed;
  return async () => {
    if (process.memoryUsage().heapUsed < heap + GROWTH) return;
    collect();
    // Finalizers run in a turn of their own.
    await new Promise((resolve) => setImmediate(resolve));
    giveBack();
    heap = process.memoryUsage().heapUsed;
  };
}

function giveBack() {
  try {
    const memory = require(MEMORY_ADDON);
    memory.trim();
    memory.dropLibrary();
  } catch {
    // Not compiled: the collection alone has helped.
  }
}

module.exports = { memoryGiver };
