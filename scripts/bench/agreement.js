/** @typedef {Record<string, any>} Values by the contestants' names */
/** @typedef {{ required: string, holds: (values: Values) => boolean }} Rule required: in words */

/** @param {Values} values @returns {number} NaN where one of them is none */
const spread = (values) => Math.max(...Object.values(values)) - Math.min(...Object.values(values));

/** @type {Rule} */
const equal = { required: 'equal', holds: (values) => new Set(Object.values(values)).size <= 1 };

/** @type {(tolerance: number) => Rule} numbers that differ by no more than that */
const within = (tolerance) => {
  return { required: `within ${tolerance}`, holds: (values) => spread(values) <= tolerance };
};

/** @type {(share: number) => Rule} numbers that differ by no more than a share of the largest absolute one */
const withinShare = (share) => ({
  required: `within ${share} of the largest`,
  holds: (values) => spread(values) <= share * Math.max(...Object.values(values).map(Math.abs)),
});

/** @type {Rule} binary cross-entropies better than that of guessing */
const learned = {
  required: `below ${Math.log(2).toFixed(3)}, which is guessing`,
  holds: (losses) => Object.values(losses).every((loss) => loss > 0 && loss < Math.log(2)),
};

/** @type {Rule} ours trained by a graph, and stock tfjs-node op by op */
const byGraph = {
  required: 'none of stock tfjs-node and some of ours',
  holds: ({ ours, stock = 0 }) => ours > 0 && stock === 0,
};

/**
 * Requires that a rule holds for what the contestants of a round answered; of lists, at each place.
 * @param {string} what
 * @param {Record<string, any>} round answers by the contestants' names
 * @param {string} name of the value or the list in an answer
 * @param {Rule} rule
 * @throws {Error} when it does not: they did not compute the same, so their times mean nothing
 */
function checkAgreement(what, round, name, { required, holds }) {
  const roles = Object.keys(round);
  const lists = roles.map((role) => [round[role][name]].flat());
  const places = Math.max(...lists.map(({ length }) => length));
  for (let place = 0; place < places; place++) {
    const values = roles.map((role, i) => [role, lists[i]?.[place]]);
    if (holds(Object.fromEntries(values))) continue;
    const where = places > 1 ? `, number ${place + 1},` : '';
    const got = values.map(([role, value]) => `${role} ${value}`).join(', ');
    throw new Error(`The contestants differ: ${what}${where} must be ${required}, got ${got}`);
  }
}

module.exports = { byGraph, checkAgreement, equal, learned, within, withinShare };
