import { benchmarksChart, describeChart } from '../../../scripts/bench/benchmarks-chart';
import { benchmarksDocument } from '../../../scripts/bench/benchmarks-document';
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
const sitting = {
  machine: { cpu: 'A CPU', cores: 2, memory: '8 GiB', system: 'A Linux' },
  versions: { Keras: '3.15.1' },
  seed: 1,
  rounds: 5,
  date: '2026-11-20',
  minutes: 12,
};

describe('benchmarksDocument()', () => {
  it('carries machine, versions, seed, rounds, spread and the picture in words', () => {
    const text = benchmarksDocument([row, memory], sitting, 'in words');
    for (const part of [
      '2026-11-20, 5 rounds, seed 1',
      'A CPU, 2 cores',
      'Keras 3.15.1',
      '| epoch: Keras/ours | 0.25 | 1.40 | 1.30–1.50 | ≥ 1.2 | 1.5 | ✓ |',
      '| memory |',
      '![in words](benchmarks.svg)',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain('not worth keeping');
  });

  it('says when the machine was busy', () => {
    const text = benchmarksDocument([row], { ...sitting, warning: 'not worth keeping' }, '');
    expect(text).toContain('> **not worth keeping**');
  });
});

describe('benchmarksChart()', () => {
  it('draws the ratios of which more is better, and says so in words', () => {
    expect(JSON.stringify(benchmarksChart([row, memory]))).not.toContain('memory');
    expect(describeChart([row, memory])).toBe(
      'Times as fast, medians: epoch: Keras/ours 1.40 (must be 1.2)',
    );
  });
});
