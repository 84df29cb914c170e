require('./setup/check-node');
const { afterSetUp } = require('./setup/set-up');

/** `npm run bench:serve`: the server beside FastAPI with onnxruntime; exit status 2 for options that are none. */
afterSetUp(() => {
  const { readOptions } = require('./bench/read-options');
  const { serving } = require('./bench/serving');
  return serving(
    readOptions({ command: 'bench:serve', quick: 'one round of two seconds', rounds: 5 }),
  );
});
