import { columns, markdownTable, reached, tableOf } from '../../../scripts/bench/table';
import type { Row } from '../../../scripts/bench/targets';

const row: Row = {
  ...{ measure: 'png', row: 'epoch: Keras/ours', absolute: '', unit: '' },
  ...{ values: [1.3, 1.199, 1.1], stock: [0.25, 0.3, 0.35], must: 1.2, aim: 1.5, better: 'more' },
};

describe('reached()', () => {
  test('compares the median itself, not what is shown of it', () => {
    expect(reached(row)).toEqual({ must: false, aim: false });
    expect(reached({ ...row, values: [1.2] })).toEqual({ must: true, aim: false });
    expect(reached({ ...row, values: [1.5] })).toEqual({ must: true, aim: true });
  });

  test('knows where less is better, and a row without an aim', () => {
    const less = { ...row, better: 'less', must: 1.15, aim: undefined };
    expect(reached({ ...less, values: [1.15] })).toEqual({ must: true, aim: false });
    expect(reached({ ...less, values: [1.16] })).toEqual({ must: false, aim: false });
  });

  test('does not take what is no number', () => {
    expect(reached({ ...row, values: [NaN] })).toEqual({ must: false, aim: false });
  });
});

describe('tableOf()', () => {
  const lineOf = (one: Row) => tableOf(columns, [one])[1];

  test('shows median, spread and what is wanted, rounded to the worse side', () => {
    expect(tableOf(columns, [row])).toEqual([
      ['measure', 'stock tfjs-node', 'ours', 'spread', 'must', 'aim', 'met'],
      ['epoch: Keras/ours', '0.30', '1.19', '1.10–1.30', '≥ 1.2', '1.5', '✗'],
    ]);
  });

  test('rounds up where less is better, and shows the unit', () => {
    const seconds = { ...row, stock: undefined, aim: undefined, better: 'less', unit: 's' };
    expect(lineOf({ ...seconds, must: 0.2, values: [0.1911] })).toEqual([
      ...['epoch: Keras/ours', '–', '0.20 s', '0.20–0.20', '≤ 0.2 s', '–', '✓'],
    ]);
  });

  test('leaves a number that has two decimals as it is', () => {
    const less = { ...row, better: 'less', must: 1.15, values: [1.15] };
    expect(lineOf(less)?.[2]).toBe('1.15');
    expect(lineOf({ ...row, values: [1.16] })?.[2]).toBe('1.16');
  });
});

describe('markdownTable()', () => {
  test('puts a rule below the head', () => {
    const lines = [
      ['a', 'b'],
      ['1', '2'],
    ];
    expect(markdownTable(lines)).toBe('| a | b |\n| --- | --: |\n| 1 | 2 |');
  });
});
