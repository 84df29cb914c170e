const { emotionsEpochs, happyOrSadEpochs } = require('./measures/epochs');
const { photographs, png } = require('./measures/loading');
const { memory } = require('./measures/memory');
const { notebookCell } = require('./measures/notebook-cell');
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
];

module.exports = { measures };
