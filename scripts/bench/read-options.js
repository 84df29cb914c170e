const { parseArgs } = require('node:util');

/**
 * @param {{ rounds: number, only?: readonly string[] }} known rounds: when left out; only: the names that there are
 * @param {string[]} [args] the process' own when left out
 * @returns {{ rounds: number, quick: boolean, only: string | undefined } | string} what was asked for, or what is wrong
 *   with it
 */
function readOptions(known, args = process.argv.slice(2)) {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        quick: { type: 'boolean' },
        rounds: { type: 'string' },
        ...(known.only ? { only: { type: 'string' } } : {}),
      },
    }));
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  const quick = values['quick'] === true;
  const given = /** @type {string | undefined} */ (values['rounds']);
  const only = /** @type {string | undefined} */ (values['only']);
  const rounds = given === undefined ? (quick ? 1 : known.rounds) : Number(given);
  if (!Number.isInteger(rounds) || rounds < 1) {
    return `--rounds must be a whole number from 1, got "${given}"`;
  }
  if (only !== undefined && !known.only?.includes(only)) {
    return `--only must be one of: ${known.only?.join(', ')}; got "${only}"`;
  }
  return { rounds, quick, only };
}

module.exports = { readOptions };
