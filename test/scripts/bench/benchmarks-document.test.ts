import { benchmarksChart, describeChart } from '../../../scripts/bench/benchmarks-chart';
import { benchmarksDocument } from '../../../scripts/bench/benchmark';
import { describeProfile } from '../../../scripts/bench/profile';
import type { Row } from '../../../scripts/bench/measure';

const row: Row = {
  place: 1,
  measure: 'epoch: Keras/ours',
  values: [1.3, 1.4, 1.5],
  stock: [0.25],
  must: 1.2,
  aim: 1.5,
  better: 'more',
};
const memory: Row = { ...row, measure: 'memory', values: [1.01], must: 1.15, better: 'less' };
const conditions = {
  ...{ cpu: 'A CPU', cores: 2, memory: '8 GiB', system: 'A Linux' },
  ...{ versions: 'Keras 3.15.1', seed: 1, rounds: 5, date: '2026-11-20', minutes: 12 },
  others: '1.2 % of the processors’ time',
};

describe('benchmarksDocument()', () => {
  test('carries machine, versions, seed, rounds, spread and the picture in words', () => {
    const text = benchmarksDocument([row, memory], conditions, '- decoding');
    for (const part of [
      '2026-11-20, 5 rounds, seed 1',
      'A CPU, 2 cores',
      'Keras 3.15.1',
      'other programs took 1.2 % of the processors’ time',
      '| epoch: Keras/ours | 0.25 | 1.40 | 1.30–1.50 | ≥ 1.2 | 1.5 | ✓ |',
      '| memory |',
      `![${describeChart([row, memory])}](benchmarks.svg)`,
      '## Where the time goes',
      '\n- decoding\n',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('tells what one sees in a table of its own', () => {
    const seen: Row = {
      ...{ place: 20, measure: 'first paint', values: [0.1], must: 1, better: 'less', unit: 's' },
      isSeen: true,
    };
    const [before = '', after = ''] = benchmarksDocument([row, seen], conditions, '').split(
      '## Targets of what one sees',
    );
    expect(before).not.toContain('first paint');
    expect(after).toContain('| first paint | 0.10 s | 0.10–0.10 | ≤ 1 s | ✓ |');
    expect(after.split('## Where the time goes')[0]).not.toContain('epoch: Keras/ours');
  });
});

describe('benchmarksChart()', () => {
  test('draws the ratios of which more is better, and says so in words', () => {
    const paint = { ...memory, measure: 'first paint', unit: 's', isSeen: true };
    const drawn = benchmarksChart([row, memory, paint]);
    expect(drawn).toContain('>epoch: Keras/ours</text>');
    expect(drawn).not.toContain('memory');
    expect(drawn).not.toContain('first paint');
    expect(describeChart([row, memory])).toBe(
      'Times as fast, medians: epoch: Keras/ours 1.40 (must be 1.2)',
    );
  });
});

test('describeProfile() says what the profile means for the ratios', () => {
  const contextOf = (
    measure: string,
    values: Record<string, number[]>,
    processors: Record<string, number[]> = {},
  ) => ({
    ...row,
    measure,
    context: { unit: 's', values, processors },
  });
  const text = describeProfile(
    {
      steps: [
        {
          ...{ title: 'happy-or-sad', perEpoch: 8, step: { whole: 26, graph: 25 } },
          parts: { convolutions: 4, poolings: 3, filters: 9, inputs: 6, else: 1 },
        },
        {
          ...{ title: 'the emotion network', perEpoch: 7, step: { whole: 110, graph: 100 } },
          parts: { convolutions: 20, poolings: 15, filters: 45, inputs: 15, else: 5 },
        },
      ],
      prediction: { whole: 2, graph: 1.5 },
      ops: { convolution: 0.75, dense: 0.25 },
      photograph: { read: 1, decode: 47, decodeToAnEighth: 31, resize: 2 },
    },
    [
      contextOf('epoch, happy-or-sad: stock tfjs-node/ours', {
        'stock tfjs-node': [0.8],
        'Smile Lab': [0.216],
      }),
      contextOf('epoch, emotion network: stock tfjs-node/ours', {
        'stock tfjs-node': [2.8],
        'Smile Lab': [0.777],
      }),
      contextOf('one picture predicted', { Keras: [2.5] }),
      contextOf('80 PNGs', {
        'Smile Lab in the pass alone': [1600],
        'Keras in the pass alone': [2000],
      }),
      contextOf(
        '300 JPEGs of 12 megapixels',
        { 'Smile Lab in the pass alone': [36], 'Keras in the pass alone': [19] },
        { 'Smile Lab': [1.9], Keras: [1] },
      ),
    ],
    2,
  );
  // 0.8 s / 8 steps = 100 ms, / 25 = 4; 0.216 s / 8 = 27 ms; 2.8 s / 7 = 400 ms, / 100 = 4; 4 + 3 + 9 + 6 + 1 = 23; 0.75 + 0.25 = 1; 2 × 1000 / 50 = 40; 1600 / 2000 = 0.8; 50 / 32 = 1.5625.
  expect(text.match(/would be 4\.00/g)).toHaveLength(2);
  for (const part of [
    'is 23.0 ms: gradients of the filters 9.00',
    '25.0 of them within TensorFlow’s graph, and 27.0 ms in an epoch',
    'is 1.00 ms',
    'do 40.0 pictures/s',
    'ours do 36.0 and keep 1.90 processors at work, Keras 19.0 with 1.00',
    'the ratio is 0.800',
    'becomes 1.56 times',
  ]) {
    expect(text).toContain(part);
  }
});
