const path = require('node:path');

/** @type {import('../measure').Measure} */
const lesson = {
  name: 'lesson-3',
  isLong: true,
  prepare: ({ folder }) => ({
    runner: {
      contestant: 'runner',
      task: {
        lesson: path.join('notebooks', '03-inside-the-network.ipynb'),
        target: path.join(folder, 'executed.ipynb'),
      },
    },
  }),
  rows: ({ runner = [] }) => [
    {
      place: 27,
      measure: 'lesson 3, all cells, from the start of a kernel',
      values: runner.map(({ processSeconds }) => processSeconds),
      ...{ isSeen: true, must: 90, better: 'less', unit: 's' },
    },
  ],
};

module.exports = { lesson };
