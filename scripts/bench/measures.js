const { dashboard } = require('./measures/dashboard');
const { emotionsEpochs, happyOrSadEpochs } = require('./measures/epochs');
const { lesson } = require('./measures/lesson');
const { photographs, png } = require('./measures/loading');
const { memory } = require('./measures/memory');
const { notebookCell } = require('./measures/notebook-cell');
const { notebookPictures } = require('./measures/notebook-pictures');
const { notebooksSize } = require('./measures/notebooks-size');
const { wholeProcess } = require('./measures/whole-process');

/** @type {import('./measure').Measure[]} */
const measures = [
  happyOrSadEpochs,
  emotionsEpochs,
  wholeProcess,
  png,
  photographs,
  memory,
  notebookCell,
  notebookPictures,
  dashboard,
  lesson,
  notebooksSize,
];

/**
 * @param {readonly import('./measure').Measure[]} all
 * @param {{ quick: boolean, only: string | undefined }} wanted
 * @returns {import('./measure').Measure[]} the one that is asked for; all of them; or with `quick` those that are not long
 */
function chosenOf(all, { quick, only }) {
  return all.filter(({ name, isLong }) =>
    only === undefined ? !(quick && isLong) : name === only,
  );
}

module.exports = { chosenOf, measures };
