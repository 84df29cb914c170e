require('./setup/check-node');
const { afterSetUp } = require('./setup/set-up');

/** `npm run bench`: Keras, stock tfjs-node and Smile Lab side by side; exit status 2 for options that are none. */
afterSetUp(() => {
  const { benchmark } = require('./bench/benchmark');
  const { measures } = require('./bench/measures');
  const { readOptions } = require('./bench/read-options');
  const quick = 'few pictures, one round, no augmentation, no lesson, about two minutes';
  const only = measures.map(({ name }) => name);
  return benchmark(readOptions({ command: 'bench', quick, rounds: 5, only }));
});
