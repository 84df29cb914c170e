const { memory, photographs, png } = require('./measures/loading');
const { lesson, notebook, notebooksSize } = require('./measures/notebook');
const { augmentation, epochs, wholeProcess } = require('./measures/training');

/** @typedef {import('./run-measures').Measure} Measure */

/**
 * The dashboard in a real browser, which follows three trainings at once. An epoch of each comes every 20 ms: ten times as
 * fast as lesson 1 trains. With --quick the last fifty are followed.
 * @type {Measure}
 */
const dashboard = {
  name: 'dashboard',
  prepare: ({ folder, quick }) => ({
    browser: { folder, runs: 3, epochs: 1000, pause: 20, before: quick ? 950 : 0 },
  }),
};

/** @type {Measure[]} */
const computed = [...epochs, wholeProcess, png, photographs, memory, augmentation];
const measures = [...computed, notebook, dashboard, lesson, notebooksSize];

/**
 * @param {{ quick: boolean, only: string | undefined }} wanted
 * @returns {Measure[]} the one that is asked for; all of them; or with `quick` those that are not long
 */
function chosenOf({ quick, only }) {
  return measures.filter(({ name, isLong }) => (only ? name === only : !(quick && isLong)));
}

module.exports = { chosenOf, measures };
