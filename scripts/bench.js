require('./setup/check-node');
const { parseArgs } = require('node:util');
const { afterSetUp } = require('./setup/set-up');

const usage = `usage: npm run bench [-- OPTIONS]

  --quick        few pictures, one round, under a minute; writes no documents
  --rounds N     rounds of each measure, from 1; 5 when left out, 1 with --quick
  --only NAME    one measure; writes no documents`;

/** @returns {{ rounds: number, quick: boolean, only?: string } | string} what was asked for, or what is wrong with it */
function readOptions() {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        quick: { type: 'boolean' },
        rounds: { type: 'string' },
        only: { type: 'string' },
      },
    }));
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  const quick = values.quick === true;
  const rounds = values.rounds === undefined ? (quick ? 1 : 5) : Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    return `--rounds must be a whole number from 1, got "${values.rounds}"`;
  }
  return { rounds, quick, only: values.only };
}

/** `npm run bench`: Keras, stock tfjs-node and Smile Lab side by side; exit status 2 for options that are none. */
const options = readOptions();
if (typeof options === 'string') {
  console.error(`${options}\n\n${usage}`);
  process.exitCode = 2;
} else {
  afterSetUp(() => {
    const { measures } = require('./bench/measures');
    const names = measures.map(({ name }) => name);
    if (options.only !== undefined && !names.includes(options.only)) {
      console.error(
        `--only must be one of: ${names.join(', ')}; got "${options.only}"\n\n${usage}`,
      );
      return Promise.resolve(2);
    }
    return require('./bench/benchmark').benchmark(options);
  });
}
