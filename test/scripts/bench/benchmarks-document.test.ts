import { benchmarksChart, describeChart } from '../../../scripts/bench/benchmarks-chart';
import { valuesOf } from '../../../scripts/bench/benchmark';
import { fillTemplate } from '../../../scripts/bench/document';
import type { Row } from '../../../scripts/bench/targets';

const row: Row = {
  ...{ measure: 'png', row: 'epoch: Keras/ours', absolute: 'Keras 0.230 s', unit: '' },
  ...{ values: [1.3, 1.4, 1.5], stock: [0.25], must: 1.2, aim: 1.5, better: 'more' },
};
const memory: Row = { ...row, row: 'memory', values: [1.01], must: 1.15, better: 'less' };
const paint: Row = {
  ...{ ...memory, row: 'first paint', values: [0.1], must: 1, unit: 's', absolute: '' },
  ...{ stock: undefined, aim: undefined },
};
const conditions = {
  ...{ cpu: 'A CPU', cores: 2, memory: '8 GiB', system: 'A Linux' },
  ...{ versions: 'Keras 3.15.1', seed: 1, rounds: 5, date: '2026-11-20', minutes: 12 },
  others: '1.2 % of the processors’ time',
};

test('the benchmarks’ document carries machine, versions, seed, rounds, spread, medians and the picture in words', () => {
  const text = fillTemplate('benchmarks', { ...conditions, ...valuesOf([row, memory]) });
  for (const part of [
    '2026-11-20, 5 rounds, seed 1',
    'A CPU, 2 cores',
    'Keras 3.15.1',
    'other programs took 1.2 % of the processors’ time',
    '| epoch: Keras/ours | 0.25 | 1.40 | 1.30–1.50 | ≥ 1.2 | 1.5 | ✓ |',
    '| memory |',
    '- epoch: Keras/ours: Keras 0.230 s',
    `![${describeChart([row, memory])}](benchmarks.svg)`,
  ]) {
    expect(text).toContain(part);
  }
});

test('it tells what one sees in a table of its own, without another contestant and without an aim', () => {
  const { compared, seen, absolute } = valuesOf([row, paint]);
  expect(compared).not.toContain('first paint');
  expect(seen).toContain('| first paint | 0.10 s | 0.10–0.10 | ≤ 1 s | ✓ |');
  expect(seen).not.toContain('epoch: Keras/ours');
  expect(absolute).toBe('- epoch: Keras/ours: Keras 0.230 s');
});

test('benchmarksChart() draws the ratios of which more is better, and says so in words', () => {
  const drawn = benchmarksChart([row, memory, paint]);
  expect(drawn).toContain('>epoch: Keras/ours</text>');
  expect(drawn).not.toContain('memory');
  expect(drawn).not.toContain('first paint');
  expect(drawn.match(/<polyline/g)).toHaveLength(3); // ours, stock tfjs-node, what must be
  expect(describeChart([row, memory])).toBe(
    'Times as fast, medians: epoch: Keras/ours 1.40 (must be 1.2)',
  );
});
