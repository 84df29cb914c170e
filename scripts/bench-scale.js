require('./setup/check-node');
const { afterSetUp } = require('./setup/set-up');

/** `npm run bench:scale`: how time and memory grow; exit status 2 for options that are none. */
afterSetUp(() => {
  const { readOptions } = require('./bench/read-options');
  const { scaling } = require('./bench/scaling');
  return scaling(
    readOptions({ command: 'bench:scale', quick: 'few points, one round', rounds: 3 }),
  );
});
