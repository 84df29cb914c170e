import { measures } from '../../../scripts/bench/measures';
import { rowOf, targets } from '../../../scripts/bench/targets';

type Target = (typeof targets)[number];
const target: Target = {
  ...{ measure: 'png', row: '{{count}} pictures', value: 't', ratio: undefined, beside: [] },
  ...{ better: 'more', must: 2, unit: 's', aim: undefined },
};
const ratio = { ...target, ratio: ['keras', 'ours'], unit: '' };
const answers = { keras: [{ t: 4 }, { t: 6 }], ours: [{ t: 2 }, { t: 2 }] };
const amount = { count: 80 };

describe('targets', () => {
  test('tell of each measure what must be', () => {
    const named = new Set(targets.map(({ measure }) => measure));
    expect([...named].sort()).toEqual(measures.map(({ name }) => name).sort());
    expect(targets.every(({ must }) => must > 0)).toBe(true);
  });

  test('are read with sign, unit, aim and what stands beside them', () => {
    expect(targets.find(({ value }) => value === 'prediction')).toMatchObject({
      ...{ ratio: ['keras', 'ours'], better: 'more', must: 2.5, aim: 4, unit: '' },
      beside: [['prediction', 'ms', '']],
    });
    const firstPaint = { better: 'less', must: 1, aim: undefined, unit: 's', ratio: undefined };
    expect(targets.find(({ value }) => value === 'firstPaint')).toMatchObject(firstPaint);
  });
});

describe('rowOf() of a ratio', () => {
  test('has one ratio a round, and the amount in its name', () => {
    const row = rowOf(ratio, answers, amount);
    expect(row).toMatchObject({ row: '80 pictures', must: 2, values: [2, 3], absolute: '' });
    expect(row.stock).toBeUndefined();
  });

  test('has the same ratio for stock tfjs-node where it took part, in either direction', () => {
    const three = { ...answers, stock: [{ t: 8 }, { t: 3 }] };
    const stockOf = (...roles: string[]) => rowOf({ ...ratio, ratio: roles }, three, amount).stock;
    expect(stockOf('keras', 'ours')).toEqual([0.5, 2]);
    expect(stockOf('ours', 'keras')).toEqual([2, 0.5]);
    expect(stockOf('stock', 'ours')).toBeUndefined();
  });

  test('throws when a round is missing', () => {
    const missing = { ...answers, ours: [{ t: 2 }] };
    expect(() => rowOf(ratio, missing, amount)).toThrow(
      'as many of both are required, got 2 and 1',
    );
  });

  test('tells absolute medians, and calls the contestants as a reader does', () => {
    const beside = [
      ['t', 's'],
      ['p', 'processors at work'],
    ];
    const measured = { keras: [{ t: 4, p: 1 }], shrunk: [{ t: 2, p: 2 }], ours: [{ t: 1, p: 3 }] };
    const row = rowOf({ ...ratio, ratio: ['keras', 'shrunk'], beside }, measured, amount);
    expect(row.absolute).toBe(
      'Keras 4.00 s, 1.00 processors at work; Smile Lab 2.00 s, 2.00 processors at work',
    );
  });
});

test('rowOf() of a value has it with its unit, and beside it what else was measured', () => {
  const kernel = [{ t: 4, half: 2 }, { t: 6, half: 3 }]; // prettier-ignore
  const row = rowOf({ ...target, beside: [['half', 's in the median epoch']] }, { kernel }, amount);
  expect(row).toMatchObject({ unit: 's', values: [4, 6] });
  expect(row.absolute).toBe('2.50 s in the median epoch');
});
