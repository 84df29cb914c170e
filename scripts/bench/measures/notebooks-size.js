const fs = require('node:fs');
const path = require('node:path');
const { lessons } = require('../../notebooks/lessons');
const { root } = require('../../setup/paths');

/** @type {import('../measure').Measure} */
const notebooksSize = {
  name: 'notebooks-size',
  prepare: () => ({}),
  rows: () => [
    {
      place: 28,
      measure: 'all notebooks together, with their pictures',
      values: [notebooksMegabytes()],
      ...{ isSeen: true, must: 5, better: 'less', unit: 'MB' },
    },
  ],
};

/** @returns {number} of the lessons' files */
function notebooksMegabytes() {
  const bytes = lessons().map((lesson) => fs.statSync(path.join(root, lesson)).size);
  return bytes.reduce((sum, size) => sum + size, 0) / 1e6;
}

module.exports = { notebooksMegabytes, notebooksSize };
