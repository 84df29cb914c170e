/**
 * Looks again and again until something is as it should be.
 * @template T
 * @param {string} expected what should be, for the error
 * @param {() => Promise<T>} look
 * @param {(seen: T) => boolean} isIt
 * @param {number} [seconds] how long at most: a generous limit, since the machine may be busy
 * @returns {Promise<T>} what was seen when it was so
 * @throws {Error} that tells what was seen last
 */
async function until(expected, look, isIt, seconds = 60) {
  const end = Date.now() + 1000 * seconds;
  for (;;) {
    const seen = await look();
    if (isIt(seen)) return seen;
    if (Date.now() > end) {
      throw new Error(
        `Expected within ${seconds} s: ${expected}; seen: ${JSON.stringify(seen).slice(0, 2000)}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

module.exports = { until };
