/**
 * @typedef {{ epoch: number, at: number }} Moment when an epoch was there; milliseconds
 * @typedef {Moment & { id: string }} Seen id: of its run
 */

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

/**
 * When the curves of a run showed its epochs: the page fetches what is new, and then draws one chart after the other.
 * @param {{ fetched: readonly Seen[], charts: readonly number[] }} watched charts: when one was drawn
 * @param {string} id of the run
 * @returns {Moment[]} what was fetched, and when the last chart with it was drawn
 */
function curvesSeen({ fetched, charts }, id) {
  const mine = fetched.filter((one) => one.id === id);
  return mine.flatMap(({ epoch, at }, i) => {
    const next = mine[i + 1]?.at ?? Infinity;
    const last = charts.filter((drawn) => drawn > at && drawn < next).at(-1);
    return last === undefined ? [] : [{ epoch, at: last }];
  });
}

module.exports = { curvesSeen, lags };
