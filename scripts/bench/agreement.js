/** The contestants did not compute the same, so their times mean nothing. */
class Disagreement extends Error {}

/** @typedef {Record<string, number>} Values by the contestants' names */

/**
 * Requires that the values differ by no more than a share of the largest absolute one.
 * @type {(what: string, values: Values, share: number) => void}
 */
const checkRelative = (what, values, share) => {
  const largest = Math.max(...Object.values(values).map(Math.abs));
  check(spread(values) <= share * largest, what, `within ${share} of the largest`, values);
};

/**
 * Requires that at no place the numbers differ by more than the tolerance.
 * @type {(what: string, lists: Record<string, readonly number[]>, tolerance: number) => void}
 */
const checkEach = (what, lists, tolerance) => {
  const each = Object.entries(lists);
  const lengths = Object.fromEntries(each.map(([name, { length }]) => [name, length]));
  checkEqual(`the number of ${what}`, lengths);
  for (let place = 0; place < Math.max(...Object.values(lengths)); place++) {
    const values = Object.fromEntries(each.map(([name, list]) => [name, Number(list[place])]));
    const isMet = spread(values) <= tolerance;
    check(isMet, `${what}, number ${place + 1},`, `within ${tolerance}`, values);
  }
};

/** @type {(what: string, values: Record<string, unknown>) => void} */
const checkEqual = (what, values) =>
  check(new Set(Object.values(values)).size <= 1, what, 'equal', values);

/**
 * Requires that ours trained by a graph, and stock tfjs-node op by op.
 * @type {(what: string, round: { ours: { graphRuns: number }, stock?: { graphRuns: number } }) => void}
 */
const checkGraph = (what, { ours, stock }) => {
  const runs = { stock: stock?.graphRuns ?? 0, ours: ours.graphRuns };
  const required = 'none of stock tfjs-node and some of ours';
  check(runs.ours > 0 && runs.stock === 0, `the runs of a graph in ${what}`, required, runs);
};

/** @type {(what: string, losses: Values) => void} requires binary cross-entropies better than that of guessing */
const checkLearned = (what, losses) => {
  const guessing = Math.log(2);
  const isMet = Object.values(losses).every((loss) => loss < guessing);
  check(isMet, what, `below ${guessing.toFixed(3)}, which is guessing`, losses);
};

/** @type {<T>(round: Record<string, any>, valueOf: (answer: any) => T) => Record<string, T> & { keras: T, ours: T }} */
const each = (round, valueOf) => {
  const values = Object.entries(round).map(([name, answer]) => [name, valueOf(answer)]);
  return Object.fromEntries(values);
};

/** @param {Values} values @returns {number} NaN where one of them is */
const spread = (values) => Math.max(...Object.values(values)) - Math.min(...Object.values(values));

/** @type {(isMet: boolean, what: string, required: string, values: Record<string, unknown>) => void} */
const check = (isMet, what, required, values) => {
  if (isMet) return;
  const got = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  const text = `The contestants differ: ${what} must be ${required}, got ${got.join(', ')}`;
  throw new Disagreement(text);
};

module.exports = {
  Disagreement,
  checkEach,
  checkEqual,
  checkGraph,
  checkLearned,
  checkRelative,
  each,
};
