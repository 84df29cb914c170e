const { frameOf } = require('./frame-of');

/**
 * The stacks that were made readable: what `error.stack` gives, and the whole one.
 * @type {WeakMap<object, { shown: string, whole: string }>}
 */
const stacks = new WeakMap();
/** Lines of them that stand for lines of cells and of a learner's own files. */
const places = new Set();

/**
 * Lets `error.stack` hold the lines of the cells, as where the error is thrown. Where none of them is among its lines it
 * stays whole: then it is for those who look for a fault in the kernel or in a package.
 * @param {import('./frame-of').Place} placeOf
 */
function makeStacksReadable(placeOf) {
  Error.prepareStackTrace = (error, sites) => {
    const head = headOf(error);
    const lines = sites.map((site) => `    at ${site}`);
    const whole = [head, ...lines].join('\n');
    const found = lines.flatMap((line) => frameOf(line, placeOf) ?? []);
    if (found.length === 0) return whole;
    for (const place of found) places.add(place);
    const shown = [head, ...found.filter((place, index) => place !== found[index - 1])].join(
      '\n    ',
    );
    stacks.set(error, { shown, whole });
    return shown;
  };
}

/** @param {Error} error @returns {string} its stack with all its lines */
function wholeStack(error) {
  const { stack = '' } = error;
  const made = stacks.get(error);
  // Node writes the line of code above it, where nobody has caught it.
  return made && stack.endsWith(made.shown) ? made.whole : stack;
}

/** @param {string} frame @returns {boolean} whether a line of a stack is a place already */
function isPlace(frame) {
  return places.has(frame);
}

/** @param {Error} error */
function headOf(error) {
  try {
    return Error.prototype.toString.call(error);
  } catch {
    return 'Error';
  }
}

module.exports = { isPlace, makeStacksReadable, wholeStack };
