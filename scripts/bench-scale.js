require('./setup/check-node');
const { readOptions } = require('./bench/read-options');
const { afterSetUp } = require('./setup/set-up');

const usage = `usage: npm run bench:scale [-- OPTIONS]

  --quick        few points, one round; writes no documents
  --rounds N     rounds of each point, from 1; 3 when left out, 1 with --quick; fewer than 3 write no documents`;

/** `npm run bench:scale`: how time and memory grow; exit status 2 for options that are none. */
const options = readOptions({ rounds: 3 });
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`);
  process.exitCode = 2;
} else {
  afterSetUp(() => require('./bench/scaling').scaling(options));
}
