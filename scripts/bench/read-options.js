const path = require('node:path');
const { Command, Option } = require('commander');
const { dist } = require('../setup/paths');

/** @type {typeof import('../../src/cli/optionValues')} */
const { wholeNumberFrom } = require(path.join(dist, 'cli', 'optionValues'));

/** @typedef {{ rounds: number, leastRounds: number, quick: boolean, only: string | undefined }} Options */

/**
 * Reads what a benchmark was asked for; ends the process with 2 for options that are none, and with 0 behind `--help`.
 * @param {{ command: string, quick: string, rounds: number, only?: readonly string[] }} known quick: what is left out then;
 *   rounds: when nothing is said, and the least that documents carry; only: the measures' names
 * @param {string[]} [args] the process' own when left out
 * @returns {Options}
 */
function readOptions({ command, quick: less, rounds: leastRounds, only: names }, args) {
  const few = `${leastRounds} when left out, 1 with --quick; fewer than ${leastRounds} write no documents`;
  const program = new Command(`npm run ${command} --`)
    .option('--quick', `${less}: rough; writes no documents`, false)
    .option('--rounds <number>', `of each measure, from 1; ${few}`, wholeNumberFrom(1))
    .exitOverride(({ exitCode }) => process.exit(exitCode && 2));
  const only = new Option('--only <name>', 'one measure; writes no documents');
  if (names) program.addOption(only.choices(names));
  const given = program.parse(args ?? process.argv.slice(2), { from: 'user' }).opts();
  const { quick, rounds = quick ? 1 : leastRounds, only: chosen } = given;
  return { quick, rounds, leastRounds, only: chosen };
}

module.exports = { readOptions };
