const { AsyncLocalStorage } = require('node:async_hooks');
const { inspect } = require('node:util');

/**
 * A cell that runs or has run. `isStopped`: Stop was pressed, and no training begins any more; `isEnding`: its awaits
 * throw; `isGivenUp`: they never go on. `refusals` end those that wait, for `pending` things. `refused` counts those that
 * came after Stop, `finishing` those that are let through then, in a `finally`. `shown`: pictures on their way.
 * @typedef {object} Cell
 * @property {boolean} isStopped
 * @property {boolean} isEnding
 * @property {boolean} isGivenUp
 * @property {Set<(error: Stopped) => void>} refusals
 * @property {number} pending
 * @property {number} refused
 * @property {number} finishing
 * @property {Set<Promise<unknown>>} shown
 */

/** How long a cell may take to end after Stop, in milliseconds. */
const GRACE = 1000;
/** Who catches what an await throws after Stop, and awaits again, waits so many milliseconds longer each time. */
const LONGER = 10;
/** Awaits alone may keep Node from hearing of Stop for so long, in milliseconds. */
const LONGEST_DEAF = 50;

/** Known wherever a cell's own code runs, also behind an await or after the cell was given up. */
const cells = /** @type {AsyncLocalStorage<Cell>} */ (new AsyncLocalStorage());

/** The cell that runs or has run last. */
let last = newCell();
/** Lets go of the cell that runs; nothing where none does. @type {() => void} */
let giveUp = () => {};
/** When Node last looked for signals. */
let lastTurn = 0;

/** Why a cell ended when Stop was pressed. */
class Stopped extends Error {
  /** @param {string} [more] what goes on although the cell has ended */
  constructor(more) {
    super(`the Stop button was pressed, and the cell ended here${more ? `; ${more}` : ''}`);
    this.name = 'Stopped';
  }
}

/** @returns {Cell} */
function newCell() {
  const none = { isStopped: false, isEnding: false, isGivenUp: false };
  return { ...none, refusals: new Set(), pending: 0, refused: 0, finishing: 0, shown: new Set() };
}

/**
 * Runs a cell to its end.
 * @template T
 * @param {(checkStop: () => void) => Promise<T>} run what it is given throws once Stop was pressed
 * @returns {Promise<T>}
 * @throws {Stopped} if Stop was pressed, whatever the cell has made of that
 */
async function runCell(run) {
  const cell = newCell();
  last = cell;
  const checkStop = () => {
    if (cell.isEnding) throw new Stopped();
  };
  const givenUp = /** @type {Promise<never>} */ (
    new Promise((_, reject) => {
      giveUp = () => {
        cell.isGivenUp = true;
        reject(
          new Stopped(cell.finishing > 0 ? 'but what stands in its finally still runs' : undefined),
        );
      };
    })
  );
  try {
    const outcome = await Promise.race([cells.run(cell, () => run(checkStop)), givenUp]);
    // A picture that nobody awaits would come when the cell has ended, and be lost.
    await Promise.race([Promise.all(cell.shown), givenUp]);
    checkStop();
    return outcome;
  } catch (error) {
    if (!(error instanceof Stopped) || cell.isGivenUp) throw error;
    // What ends with the cell has ended then.
    await nextTurn();
    if (cell.pending === 0) throw error;
    throw new Stopped('what it was waiting for may still come to its own end');
  } finally {
    giveUp = () => {};
  }
}

/** Notes that Stop was pressed in the cell that runs. */
function noteStop() {
  last.isStopped = true;
}

/**
 * Ends the cell that runs: what it awaits, and what it will await, throws, so that its `finally` runs. One that takes
 * long, or is to be ended a second time, is given up.
 */
function endCell() {
  const cell = last;
  if (cell.isEnding) return giveUp();
  cell.isEnding = true;
  for (const refuse of cell.refusals) refuse(new Stopped());
  setTimeout(() => cell === last && giveUp(), GRACE);
}

/**
 * What a cell's code awaits in place of a value, so that Stop ends it there: the same value, or an error once Stop was
 * pressed. A loop of awaits that are all fulfilled at once lets Node hear of it.
 * @param {unknown} value
 */
function awaited(value) {
  const cell = cells.getStore();
  if (!cell) return value;
  if (cell.isEnding) return refused(cell, value);
  return new Promise((resolve, reject) => {
    cell.refusals.add(reject);
    cell.pending++;
    /** @param {() => unknown} result */
    const pass = async (result) => {
      cell.pending--;
      if (performance.now() - lastTurn > LONGEST_DEAF) await nextTurn();
      cell.refusals.delete(reject);
      return result();
    };
    // Chained so that the engine finds, from an error, the lines that await it.
    Promise.resolve(value)
      .then(
        (fulfilled) => pass(() => fulfilled),
        (error) =>
          pass(() => {
            throw error;
          }),
      )
      .then(resolve, reject);
  });
}

/**
 * As `awaited`, in a `finally`: that one runs to its end also after Stop.
 * @param {unknown} value
 */
function awaitedAtEnd(value) {
  const cell = cells.getStore();
  if (!cell?.isEnding) return awaited(value);
  cell.finishing++;
  return Promise.resolve(value).finally(async () => {
    if (performance.now() - lastTurn > LONGEST_DEAF) await nextTurn();
    cell.finishing--;
  });
}

/**
 * As `awaited`, for the values of a `for await`.
 * @param {any} values
 */
function eachAwaited(values) {
  const iterator = values?.[Symbol.asyncIterator]?.();
  const plain = iterator ? undefined : values?.[Symbol.iterator]?.();
  if (!iterator && !plain) {
    const given = inspect(values, { depth: 0 });
    throw new TypeError(`for await needs a list, or what gives its values in time; got ${given}`);
  }
  const next = async () => {
    const { done, value } = plain.next();
    return { done, value: await value };
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      try {
        return await awaited(iterator ? iterator.next() : next());
      } catch (error) {
        // Of a loop that ends so nobody else tells it.
        if (error instanceof Stopped) iterator?.return?.().catch?.(() => {});
        throw error;
      }
    },
    async return() {
      return (await awaitedAtEnd((iterator ?? plain).return?.())) ?? { done: true };
    },
  };
}

/**
 * Lets a cell wait for what it shows by a function of this library, also without await.
 * @param {string} folder of the library's modules, which are loaded
 */
function waitForShown(folder) {
  for (const [file, module] of Object.entries(require.cache)) {
    if (!file.startsWith(folder)) continue;
    for (const [name, show] of Object.entries(module?.exports ?? {})) {
      const { writable } = Object.getOwnPropertyDescriptor(module?.exports, name) ?? {};
      if (!writable || !/^show[A-Z]/.test(name) || typeof show !== 'function') continue;
      /** @param {unknown[]} args */
      const waited = (...args) => {
        const result = show(...args);
        const cell = cells.getStore();
        if (!(result instanceof Promise) || !cell) return result;
        const ended = result.then(
          () => {},
          () => {},
        );
        cell.shown.add(ended);
        void ended.then(() => cell.shown.delete(ended));
        // Another promise, which tells of an error that nobody catches.
        return (async () => result)();
      };
      /** @type {any} */ (module).exports[name] = waited;
    }
  }
}

/** @param {Cell} cell @param {unknown} value */
async function refused(cell, value) {
  Promise.resolve(value).catch(() => {});
  await new Promise((resolve) => setTimeout(resolve, LONGER * cell.refused++));
  if (cell.isGivenUp) await new Promise(() => {});
  throw new Stopped();
}

function nextTurn() {
  return new Promise((resolve) =>
    setImmediate(() => {
      lastTurn = performance.now();
      resolve(undefined);
    }),
  );
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

/**
 * Lets a cell predict nothing any more once Stop has ended it: what it was waiting for, such as heat maps of many
 * pictures, would keep all other cells waiting. What stands in its `finally` still may.
 * @param {typeof import('smile-lab').tf} tf
 */
function refusePredictionsAfterStop(tf) {
  const { prototype } = tf.LayersModel;
  const { predict } = prototype;
  prototype.predict = function (...args) {
    const cell = cells.getStore();
    if (cell?.isEnding && cell.finishing === 0) throw new Stopped();
    return predict.apply(this, args);
  };
}

/**
 * Lets a cell read no file any more once Stop has ended it: what it was waiting for, such as a check of thousands of
 * pictures, would go on unseen. What stands in its `finally` still may.
 */
function refuseReadsAfterStop() {
  const files = /** @type {Record<string, any>} */ (require('node:fs/promises'));
  for (const name of ['open', 'readFile']) {
    const original = files[name];
    /** @param {unknown[]} args */
    files[name] = async (...args) => {
      const cell = cells.getStore();
      const isRead = name === 'readFile' || (args[1] ?? 'r') === 'r';
      if (isRead && cell?.isEnding && cell.finishing === 0) {
        // As Node's own functions do whose signal was aborted.
        throw new DOMException('The Stop button was pressed', 'AbortError');
      }
      return original(...args);
    };
  }
}

/**
 * Lets Stop end a pass over a dataset that calls a function of the cell for each batch.
 * @param {typeof import('smile-lab').tf} tf
 */
function endPassesAfterStop(tf) {
  const prototype = /** @type {Record<string, any>} */ (tf.data.Dataset.prototype);
  const { forEachAsync } = prototype;
  /** @this {import('smile-lab').tf.data.Dataset<any>} @param {Function} look */
  prototype['forEachAsync'] = function (look) {
    /** @type {Parameters<typeof this.mapAsync>[0]} */
    const letThrough = async (value) => /** @type {typeof value} */ (await awaited(value));
    return forEachAsync.call(this.mapAsync(letThrough), look);
  };
}

module.exports = {
  awaited,
  awaitedAtEnd,
  eachAwaited,
  endCell,
  endPassesAfterStop,
  /** Whether a cell's own code runs, perhaps behind its end. */
  isInCell: () => cells.getStore() !== undefined,
  noteStop,
  refusePredictionsAfterStop,
  refuseReadsAfterStop,
  refuseTrainingsAfterStop,
  runCell,
  Stopped,
  waitForShown,
};
