const { median } = require('../statistics');

/** @type {import('../measure').Measure} */
const notebookCell = {
  name: 'notebook-cell',
  prepare: () => ({ kernel: { contestant: 'kernel', task: { cells: 5 } } }),
  rows: ({ kernel = [] }) => [
    {
      place: 11,
      measure: 'a notebook cell that calls a helper without tensor work',
      values: kernel.map(({ seconds }) => median(seconds)),
      ...{ must: 0.2, better: 'less', unit: 's' },
    },
  ],
};

module.exports = { notebookCell };
