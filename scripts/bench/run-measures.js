const { checkEqual } = require('./agreement');
const { compete, competeShared } = require('./contestants');
const { nameOf, orderOf } = require('./measure');

/**
 * Runs measures one after the other; in each round of one its contestants follow each other, another one first each time.
 * @param {readonly import('./measure').Measure[]} measures
 * @param {import('./inputs').Inputs} inputs
 * @param {import('./measure').Options} options
 * @param {(rows: import('./measure').Row[]) => void} show is handed the rows of each measure when it is done
 * @returns {Promise<{ rows: import('./measure').Row[], versions: Record<string, string> }>}
 * @throws {import('./agreement').Disagreement} when the contestants of a round did not compute the same, or not on
 *   devices of one kind
 */
async function runMeasures(measures, inputs, options, show) {
  const rows = [];
  /** @type {Record<string, string>} */
  const versions = {};
  for (const measure of measures) {
    const roles = await measure.prepare(inputs, options);
    /** @type {import('./measure').Answers} */
    const answers = Object.fromEntries(Object.keys(roles).map((role) => [role, []]));
    for (let round = 0; round < options.rounds; round++) {
      /** @type {Record<string, any>} */
      const answered = {};
      for (const role of orderOf(round, Object.keys(roles))) {
        options.told(`${measure.name}, round ${round + 1} of ${options.rounds}: ${nameOf(role)}`);
        const { contestant, task } = /** @type {import('./measure').Roles[string]} */ (roles[role]);
        const isShared = options.quick && contestant === 'keras' && !measure.wantsOwnProcess;
        answered[role] = await (isShared ? competeShared(task) : compete(contestant, task));
        Object.assign(versions, answered[role].versions);
      }
      checkDevices(measure.name, answered);
      measure.check?.(answered);
      for (const [role, answer] of Object.entries(answered)) answers[role]?.push(answer);
    }
    const mine = measure.rows(answers, options);
    show(mine);
    rows.push(...mine);
  }
  return { rows: rows.sort((a, b) => a.place - b.place), versions };
}

/**
 * @param {string} measure
 * @param {Record<string, { device?: string }>} answered
 */
function checkDevices(measure, answered) {
  const devices = Object.entries(answered).flatMap(([role, { device }]) =>
    device === undefined ? [] : [[role, device]],
  );
  checkEqual(`the device of ${measure}`, Object.fromEntries(devices));
}

module.exports = { runMeasures };
