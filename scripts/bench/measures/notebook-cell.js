const { median } = require('../statistics');

const cells = 5;

/**
 * A helper of lesson 1 that computes next to nothing, so that the time is the kernel's; another name each time, as in a
 * notebook that grows.
 * @type {import('../measure').Measure}
 */
const notebookCell = {
  name: 'notebook-cell',
  prepare() {
    const calls = Array.from(
      { length: 1 + cells },
      (_, i) => `const stop${i} = stopAtAccuracy({ accuracy: 0.9${i} });`,
    );
    const task = { cells: ["import { stopAtAccuracy } from 'smile-lab';", ...calls] };
    return { kernel: { contestant: 'kernel', task } };
  },
  rows: ({ kernel = [] }) => [
    {
      place: 11,
      measure: 'a notebook cell that calls a helper without tensor work',
      values: kernel.map((answer) =>
        median(answer.cells.slice(2).map((/** @type {any} */ { seconds }) => seconds)),
      ),
      ...{ must: 0.2, better: 'less', unit: 's' },
    },
  ],
};

module.exports = { notebookCell };
