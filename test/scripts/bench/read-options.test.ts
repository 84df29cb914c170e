import { readOptions } from '../../../scripts/bench/read-options';

const known = { rounds: 5, only: ['png', 'memory'] };

describe('readOptions()', () => {
  test('runs five rounds of everything when nothing is said, and one with --quick', () => {
    expect(readOptions(known, [])).toEqual({ rounds: 5, leastRounds: 5, quick: false });
    expect(readOptions(known, ['--quick'])).toEqual({ rounds: 1, leastRounds: 5, quick: true });
  });

  test('takes the rounds and the measure', () => {
    const args = ['--quick', '--rounds', '3', '--only', 'png'];
    expect(readOptions(known, args)).toEqual({
      rounds: 3,
      leastRounds: 5,
      quick: true,
      only: 'png',
    });
  });

  test.each(['0', '-1', '1.5', 'many', ''])('refuses %j rounds', (rounds) => {
    expect(readOptions(known, [`--rounds=${rounds}`])).toBe(
      `--rounds must be a whole number from 1, got "${rounds}"`,
    );
  });

  test('refuses a measure that there is not, and tells those that there are', () => {
    expect(readOptions(known, ['--only', 'jpg'])).toBe(
      '--only must be one of: png, memory; got "jpg"',
    );
  });

  test('refuses an option that there is not', () => {
    expect(readOptions({ rounds: 3 }, ['--only', 'png'])).toContain("Unknown option '--only'");
    expect(readOptions(known, ['png'])).toContain('Unexpected argument');
  });
});
