import { contextOf, orderOf, ratioOf } from '../../../scripts/bench/measure';

const answers = { keras: [{ t: 4 }, { t: 6 }], ours: [{ t: 2 }, { t: 2 }] };
const t = (answer: { t: number }) => answer.t;

describe('orderOf()', () => {
  test('lets another contestant begin in each round', () => {
    const roles = ['keras', 'stock', 'ours'];
    expect([0, 1, 2, 3].map((round) => orderOf(round, roles).join(' '))).toEqual([
      'keras stock ours',
      'stock ours keras',
      'ours keras stock',
      'keras stock ours',
    ]);
  });
});

describe('ratioOf()', () => {
  test('has one ratio a round', () => {
    expect(ratioOf(answers, 'keras', 'ours', t)).toEqual([2, 3]);
  });
});

describe('contextOf()', () => {
  test('calls the contestants as a reader does', () => {
    expect(contextOf(answers, t, 's')).toEqual({
      unit: 's',
      values: { Keras: [4, 6], 'Smile Lab': [2, 2] },
    });
  });
});
