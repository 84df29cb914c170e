const path = require('node:path');
const { dist } = require('../../setup/paths');

const IN_ONE = 20;

/** usage: node write-answers.js FOLDER   commits answers until it is killed, and prints after each commit how many there are */
const { openAnswers } = require(path.join(dist, 'monitoring', 'answersDatabase.js'));
const [, , folder = ''] = process.argv;
const database = openAnswers(folder);
for (let written = 0; ; written += IN_ONE) {
  if (written > 0) require('node:fs').writeSync(1, `${written}\n`);
  database.add(
    Array.from({ length: IN_ONE }, (_, i) => ({
      time: Date.now(),
      request: `${process.pid}-${written + i}`,
      model: 'faces',
      version: '1',
      class: i % 2 === 0 ? 'happy' : 'sad',
      probability: 0.9,
      ms: 5,
      brightness: 100,
      contrast: 20,
      embedding: [1, 2, 3, 4, 5, 6, 7, 8],
      picture: null,
    })),
  );
}
