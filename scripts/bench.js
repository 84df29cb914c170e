require('./setup/check-node');
const { measures } = require('./bench/measures');
const { readOptions } = require('./bench/read-options');
const { afterSetUp } = require('./setup/set-up');

const usage = `usage: npm run bench [-- OPTIONS]

  --quick        few pictures, one round, no lesson, about two minutes: rough; writes no documents
  --rounds N     rounds of each measure, from 1; 5 when left out, 1 with --quick; fewer than 5 write no documents
  --only NAME    one measure; writes no documents`;

/** `npm run bench`: Keras, stock tfjs-node and Smile Lab side by side; exit status 2 for options that are none. */
const options = readOptions({ rounds: 5, only: measures.map(({ name }) => name) });
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`);
  process.exitCode = 2;
} else {
  afterSetUp(() => require('./bench/benchmark').benchmark(options));
}
