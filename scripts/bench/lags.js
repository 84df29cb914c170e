/** @typedef {{ epoch: number, at: number }} Moment when an epoch was there; milliseconds */

/**
 * How long it took until somebody saw an epoch, or a later one: what is drawn of many epochs at once shows them all.
 * @param {readonly Moment[]} written in their order
 * @param {readonly Moment[]} seen in their order
 * @returns {number[]} milliseconds, one an epoch
 * @throws {RangeError} when one was never seen
 */
function lags(written, seen) {
  return written.map(({ epoch, at }) => {
    const first = seen.find((moment) => moment.epoch >= epoch);
    if (first) return first.at - at;
    throw new RangeError(
      `Cannot tell when epoch ${epoch} was seen: it must be among those seen, the last is ${seen.at(-1)?.epoch ?? 'none'}`,
    );
  });
}

module.exports = { lags };
