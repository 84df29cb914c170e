const { parseArgs } = require('node:util');

/** @typedef {{ rounds: number, leastRounds: number, quick: boolean, only: string | undefined }} Options */

/**
 * @param {{ rounds: number, only?: readonly string[] }} known rounds: when left out, and the least that a document may
 *   carry; only: the names that there are
 * @param {string[]} [args] the process' own when left out
 * @returns {Options | string} what was asked for, or what is wrong with it
 */
function readOptions(known, args = process.argv.slice(2)) {
  /** @type {Record<string, any>} */
  let values;
  try {
    const only = known.only && { only: { type: 'string' } };
    const options = { quick: { type: 'boolean' }, rounds: { type: 'string' }, ...only };
    ({ values } = parseArgs({ args, options: /** @type {any} */ (options) }));
  } catch (error) {
    return /** @type {Error} */ (error).message;
  }
  const { quick = false, only } = values;
  const rounds = Number(values['rounds'] ?? (quick ? 1 : known.rounds));
  if (!Number.isInteger(rounds) || rounds < 1) {
    return `--rounds must be a whole number from 1, got "${values['rounds']}"`;
  }
  if (only !== undefined && !known.only?.includes(only)) {
    return `--only must be one of: ${known.only?.join(', ')}; got "${only}"`;
  }
  return { rounds, leastRounds: known.rounds, quick, only };
}

module.exports = { readOptions };
