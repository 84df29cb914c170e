const { dashboard } = require('./measures/dashboard');
const { memory, photographs, png } = require('./measures/loading');
const notebook = require('./measures/notebook');
const { epochs, wholeProcess } = require('./measures/training');

/** @type {import('./measure').Measure[]} */
const measures = [
  ...epochs,
  wholeProcess,
  png,
  photographs,
  memory,
  notebook.notebookCell,
  notebook.notebookPictures,
  dashboard,
  notebook.lesson,
  notebook.notebooksSize,
];

/**
 * @param {{ quick: boolean, only: string | undefined }} wanted
 * @returns {import('./measure').Measure[]} the one that is asked for; all of them; or with `quick` those that are not long
 */
function chosenOf({ quick, only }) {
  return measures.filter(({ name, isLong }) => (only ? name === only : !(quick && isLong)));
}

module.exports = { chosenOf, measures };
