/** The contestants did not compute the same, so their times mean nothing. */
class Disagreement extends Error {}

/**
 * @param {string} what
 * @param {Record<string, number>} values by the contestants' names
 * @param {number} tolerance as a share of the largest absolute value
 * @throws {Disagreement} with all values
 */
function checkRelative(what, values, tolerance) {
  const all = Object.values(values);
  const scale = Math.max(...all.map(Math.abs));
  const difference = Math.max(...all) - Math.min(...all);
  // Written so that NaN does not pass.
  if (!(difference <= tolerance * scale))
    disagree(what, `within ${tolerance} of the largest`, values);
}

/**
 * @param {string} what
 * @param {Record<string, readonly number[]>} lists by the contestants' names
 * @param {number} tolerance of each number
 * @throws {Disagreement} with the place where they differ most
 */
function checkEach(what, lists, tolerance) {
  const all = Object.values(lists);
  const count = Math.min(...all.map(({ length }) => length));
  const lengths = Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [name, list.length]),
  );
  if (all.some(({ length }) => length !== count)) {
    disagree(`the number of ${what}`, 'equal', lengths);
  }
  for (let place = 0; place < count; place++) {
    const values = Object.fromEntries(
      Object.entries(lists).map(([name, list]) => [name, list[place]]),
    );
    const numbers = /** @type {number[]} */ (Object.values(values));
    if (!(Math.max(...numbers) - Math.min(...numbers) <= tolerance)) {
      disagree(`${what}, number ${place + 1},`, `within ${tolerance}`, values);
    }
  }
}

/**
 * @param {string} what
 * @param {Record<string, unknown>} values by the contestants' names
 * @throws {Disagreement} with all values
 */
function checkEqual(what, values) {
  if (new Set(Object.values(values)).size > 1) disagree(what, 'equal', values);
}

/**
 * @param {string} what
 * @param {{ ours: { graphRuns: number }, stock?: { graphRuns: number } }} round how many times a graph ran
 * @throws {Disagreement} when ours trained op by op, or stock tfjs-node by a graph
 */
function checkGraph(what, { ours, stock }) {
  const runs = { stock: stock?.graphRuns ?? 0, ours: ours.graphRuns };
  if (runs.ours === 0 || runs.stock > 0) {
    disagree(`the runs of a graph in ${what}`, 'none of stock tfjs-node and some of ours', runs);
  }
}

/**
 * @param {string} what
 * @param {Record<string, number>} losses binary cross-entropies by the contestants' names
 * @throws {Disagreement} when one is no better than that of guessing
 */
function checkLearned(what, losses) {
  const ofGuessing = Math.log(2);
  if (!Object.values(losses).every((loss) => loss < ofGuessing)) {
    disagree(what, `below ${ofGuessing.toFixed(3)}, which is guessing`, losses);
  }
}

/**
 * @param {string} what
 * @param {string} required
 * @param {Record<string, unknown>} values
 * @returns {never}
 */
function disagree(what, required, values) {
  const got = Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
  throw new Disagreement(`The contestants differ: ${what} must be ${required}, got ${got}`);
}

module.exports = { Disagreement, checkEach, checkEqual, checkGraph, checkLearned, checkRelative };
