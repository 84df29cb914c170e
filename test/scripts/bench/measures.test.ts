import { chosenOf, measures } from '../../../scripts/bench/measures';
import { orderOf } from '../../../scripts/bench/run-measures';

const namesOf = (wanted: { quick: boolean; only: string | undefined }) =>
  chosenOf(wanted).map(({ name }) => name);

describe('measures', () => {
  test('have a name each, for --only', () => {
    const names = measures.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});

describe('chosenOf()', () => {
  test('takes all, and with --quick leaves out what takes long', () => {
    expect(namesOf({ quick: false, only: undefined })).toContain('lesson-3');
    expect(namesOf({ quick: true, only: undefined })).not.toContain('lesson-3');
    expect(namesOf({ quick: true, only: undefined })).toContain('dashboard');
  });

  test('takes the one that is asked for, also where it takes long', () => {
    expect(namesOf({ quick: true, only: 'lesson-3' })).toEqual(['lesson-3']);
  });
});

describe('orderOf()', () => {
  test('lets another contestant begin in each round', () => {
    const roles = ['keras', 'stock', 'ours'];
    expect([0, 1, 2, 3].map((round) => orderOf(round, roles).join(' '))).toEqual([
      ...['keras stock ours', 'stock ours keras', 'ours keras stock', 'keras stock ours'],
    ]);
  });
});
