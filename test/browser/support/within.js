/**
 * Waits for something, but not for ever.
 * @template T
 * @param {number} seconds
 * @param {Promise<T>} promise
 * @param {() => string} expected what should have happened, told when it did not
 * @returns {Promise<T>}
 * @throws {Error} after the time
 */
async function within(seconds, promise, expected) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  /** @type {Promise<never>} */
  const late = new Promise((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`Expected within ${seconds} s: ${expected()}`)),
      1000 * seconds,
    );
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

module.exports = { within };
