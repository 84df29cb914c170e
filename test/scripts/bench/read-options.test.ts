import path from 'node:path';
import { readOptions } from '../../../scripts/bench/read-options';
import { root } from '../../../scripts/setup/paths';
import { run } from '../../support/children';

const known = { command: 'bench', quick: 'less', rounds: 5, only: ['png', 'memory'] };

test('the benchmark runs five rounds of everything when nothing is said, and one with --quick', () => {
  expect(readOptions(known, [])).toEqual({ rounds: 5, leastRounds: 5, quick: false });
  expect(readOptions(known, ['--quick'])).toEqual({ rounds: 1, leastRounds: 5, quick: true });
});

test('it takes the rounds and the measure', () => {
  const args = ['--quick', '--rounds', '3', '--only', 'png'];
  expect(readOptions(known, args)).toEqual({ rounds: 3, leastRounds: 5, quick: true, only: 'png' });
});

test.each<[string, string[], string]>([
  ...['0', '-1', '1.5', 'many', ''].map((rounds): [string, string[], string] => [
    'bench',
    [`--rounds=${rounds}`],
    `'${rounds}' is invalid. It must be a whole number from 1.`,
  ]),
  ['bench', ['--nosuch'], "unknown option '--nosuch'"],
  ['bench', ['png'], 'too many arguments'],
  ['bench', ['--only', 'jpg'], 'Allowed choices are happy-or-sad, emotions, whole-process, png,'],
  ['bench-scale', ['--only', 'png'], "unknown option '--only'"],
])('%s %j is refused with 2', async (command, args, message) => {
  const { status, stderr } = await run(process.execPath, [
    path.join(root, 'scripts', `${command}.js`),
    ...args,
  ]);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});
