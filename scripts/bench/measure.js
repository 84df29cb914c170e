const { names } = require('./contestants');
const { ratios } = require('./statistics');

/**
 * @typedef {Record<string, any[]>} Answers one answer a round of each role
 *
 * @typedef {object} Measure something that is timed side by side
 * @property {string} name for `--only`
 * @property {(inputs: import('./inputs').Inputs, options: Options) => Roles | Promise<Roles>} prepare who does what, in
 *   each round
 * @property {boolean} [wantsOwnProcess] for Keras, which shares one between measures with `--quick`
 * @property {boolean} [isLong] `--quick` leaves it out, unless it is asked for by its name
 * @property {(round: Record<string, any>) => void} [check] throws when what a round's contestants computed differs
 * @property {(answers: Answers, options: Options) => Row[]} rows
 *
 * @typedef {{ quick: boolean, rounds: number, told: (text: string) => void }} Options told: what is being done
 * @typedef {Record<string, { contestant: import('./contestants').Contestant, task: object }>} Roles
 *
 * @typedef {object} Row a line of the table
 * @property {number} place where it stands there
 * @property {string} measure
 * @property {number[]} values one a round
 * @property {number[]} [stock] the same for stock tfjs-node
 * @property {number} must
 * @property {number} [aim]
 * @property {string} better 'more' or 'less'
 * @property {string} [unit] of the values; none for a ratio
 * @property {boolean} [isSeen] it is about what one sees, and stands in a table of its own
 * @property {Context} [context]
 *
 * @typedef {object} Context
 * @property {string} unit
 * @property {Record<string, number[]>} values absolute ones by role, one a round
 * @property {Record<string, number[]>} [processors] how many each role kept at work, one a round
 */

/**
 * @param {Answers} answers
 * @param {string} above role
 * @param {string} below role
 * @param {(answer: any) => number} valueOf
 * @returns {number[]} one a round
 */
function ratioOf(answers, above, below, valueOf) {
  return ratios((answers[above] ?? []).map(valueOf), (answers[below] ?? []).map(valueOf));
}

/**
 * @param {Answers} answers
 * @param {(answer: any) => number} valueOf
 * @param {string} unit
 * @returns {Context}
 */
function contextOf(answers, valueOf, unit) {
  const values = Object.entries(answers).map(([role, all]) => [nameOf(role), all.map(valueOf)]);
  return { unit, values: Object.fromEntries(values) };
}

/** @param {string} role */
function nameOf(role) {
  return /** @type {Record<string, string>} */ (names)[role] ?? role;
}

/** @param {number} round from 0 @param {readonly string[]} roles */
function orderOf(round, roles) {
  const first = round % roles.length;
  return [...roles.slice(first), ...roles.slice(0, first)];
}

module.exports = { contextOf, nameOf, orderOf, ratioOf };
