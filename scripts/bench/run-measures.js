const { checkAgreement, equal } = require('./agreement');
const { compete } = require('./contestants');
const { nameOf } = require('./targets');

/** @typedef {import('./targets').Answers} Answers */

/**
 * @typedef {object} Measure something that is timed side by side
 * @property {string} name for `--only`
 * @property {boolean} [isLong] `--quick` leaves it out, unless it is asked for by its name
 * @property {(quick: boolean) => Record<string, any>} [amount] how much of all is taken
 * @property {(inputs: import('./inputs').Inputs, amount: any) => Roles | Promise<Roles>} prepare who does what
 * @property {(round: Record<string, any>) => void} [check] throws when what a round's contestants computed differs
 *
 * @typedef {Record<string, object | (() => Promise<object>)>} Roles tasks, as `compete` takes them
 */

/**
 * Runs measures one after the other; in each round of one its contestants follow each other, another one first each time.
 * @param {readonly Measure[]} measures
 * @param {import('./inputs').Inputs} inputs
 * @param {number} rounds
 * @param {(answers: Record<string, Answers>) => unknown} [show] is called with those of each measure that is done
 * @returns {Promise<{ answers: Record<string, Answers>, versions: Record<string, string> }>} by measures and by programs
 * @throws {Error} when the contestants of a round did not compute the same, or not on devices of one kind
 */
async function runMeasures(measures, inputs, rounds, show) {
  /** @type {Record<string, string>} */
  const versions = {};
  /** @type {Record<string, Answers>} */
  const all = {};
  for (const measure of measures) {
    const tasks = Object.entries(await measure.prepare(inputs, measure.amount?.(inputs.quick)));
    /** @type {Answers} */
    const answers = Object.fromEntries(tasks.map(([role]) => [role, []]));
    all[measure.name] = answers;
    for (let round = 0; round < rounds; round++) {
      /** @type {Record<string, any>} */
      const answered = {};
      for (const [role, task] of orderOf(round, tasks)) {
        inputs.told(`${measure.name}, round ${round + 1} of ${rounds}: ${nameOf(role)}`);
        const answer = (answered[role] = await compete(role, task));
        Object.assign(versions, answer.versions);
        answers[role]?.push(answer);
      }
      checkAgreement(`the device of ${measure.name}`, answered, 'device', equal);
      measure.check?.(answered);
    }
    inputs.told('');
    show?.({ [measure.name]: answers });
  }
  return { answers: all, versions };
}

/** @type {<T>(round: number, roles: readonly T[]) => T[]} another one first in each round, counted from 0 */
function orderOf(round, roles) {
  const first = round % roles.length;
  return [...roles.slice(first), ...roles.slice(0, first)];
}

module.exports = { orderOf, runMeasures };
