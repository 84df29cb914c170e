const { checkEqual, each } = require('./agreement');
const { compete } = require('./contestants');
const { nameOf, orderOf } = require('./measure');

/** @typedef {import('./measure').Measure} Measure */
/** @typedef {import('./measure').Answers} Answers */

/**
 * Runs measures one after the other; in each round of one its contestants follow each other, another one first each time.
 * @param {readonly Measure[]} measures
 * @param {import('./inputs').Inputs} inputs
 * @param {{ quick: boolean, rounds: number }} options
 * @param {(measure: Measure, answers: Answers) => void} show is called when a measure is done
 * @returns {Promise<Record<string, string>>} versions by name
 * @throws {import('./agreement').Disagreement} when the contestants of a round did not compute the same, or not on
 *   devices of one kind
 */
async function runMeasures(measures, inputs, { quick, rounds }, show) {
  /** @type {Record<string, string>} */
  const versions = {};
  for (const measure of measures) {
    const tasks = Object.entries(await measure.prepare(inputs));
    /** @type {Answers} */
    const answers = Object.fromEntries(tasks.map(([role]) => [role, []]));
    for (let round = 0; round < rounds; round++) {
      /** @type {Record<string, any>} */
      const answered = {};
      for (const [role, task] of orderOf(round, tasks)) {
        inputs.told(`${measure.name}, round ${round + 1} of ${rounds}: ${nameOf(role)}`);
        const isShared = quick && role === 'keras' && !measure.wantsOwnProcess;
        answered[role] = await compete(role, task, isShared);
        Object.assign(versions, answered[role].versions);
      }
      const devices = Object.entries(answered).filter(([, { device }]) => device);
      const kinds = each(Object.fromEntries(devices), ({ device }) => device);
      checkEqual(`the device of ${measure.name}`, kinds);
      measure.check?.(answered);
      for (const [role, answer] of Object.entries(answered)) answers[role]?.push(answer);
    }
    show(measure, answers);
  }
  return versions;
}

module.exports = { runMeasures };
