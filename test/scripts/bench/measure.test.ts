import { orderOf, rowOf } from '../../../scripts/bench/measure';

const figure = {
  ...{ place: 1, measure: 'seconds', must: 2, better: 'more' },
  of: (answer: { t: number }) => answer.t,
  unit: 's',
};
const answers = { keras: [{ t: 4 }, { t: 6 }], ours: [{ t: 2 }, { t: 2 }] };

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

describe('rowOf() of a ratio', () => {
  const ratio = ['keras', 'ours'];

  test('has one ratio a round, and calls the contestants as a reader does', () => {
    const row = rowOf({ ...figure, ratio }, answers);
    expect(row).toMatchObject({ place: 1, must: 2, values: [2, 3] });
    expect(row.stock).toBeUndefined();
    expect(row.context).toEqual({ unit: 's', values: { Keras: [4, 6], 'Smile Lab': [2, 2] } });
    expect(row.unit).toBeUndefined();
  });

  test('has the same ratio for stock tfjs-node where it took part, in either direction', () => {
    const three = { ...answers, stock: [{ t: 8 }, { t: 3 }] };
    expect(rowOf({ ...figure, ratio }, three).stock).toEqual([0.5, 2]);
    expect(rowOf({ ...figure, ratio: ['ours', 'keras'] }, three).stock).toEqual([2, 0.5]);
    expect(rowOf({ ...figure, ratio: ['stock', 'ours'] }, three).stock).toBeUndefined();
  });

  test('tells other absolute values, of some roles, and the processors at work', () => {
    const measured = {
      keras: [{ t: 4, processors: 1 }],
      shrunk: [{ t: 2, processors: 2 }],
      ours: [{ t: 1 }],
    };
    const beside = { 'from the call': (answer: { t: number }) => 10 * answer.t };
    const roles = ['keras', 'shrunk'];
    expect(rowOf({ ...figure, ratio: roles, roles, beside }, measured).context).toEqual({
      unit: 's',
      values: { 'Keras from the call': [40], 'Smile Lab from the call': [20] },
      processors: { Keras: [1], 'Smile Lab': [2] },
    });
  });
});

describe('rowOf() of a value', () => {
  test('has it with its unit, and beside it what else was measured at all', () => {
    const beside = { half: (answer: { t: number }) => answer.t / 2, none: () => [] };
    const row = rowOf({ ...figure, unit: '%', beside }, { kernel: [{ t: 4 }, { t: 6 }] });
    expect(row).toMatchObject({ unit: '%', values: [4, 6] });
    expect(row.context).toEqual({ unit: 's', values: { half: [2, 3] } });
  });
});
