import { histogramColumns } from '../../src/dashboard/histogramColumns';
import { histogram } from '../../src/runs/tensorBoard/histogram';

/** A weight as the run log holds it. */
function logged(values: number[]) {
  const columns = histogram(Float32Array.from(values));
  const counts = columns.map(([, , count]) => count);
  return { least: columns[0]?.[0] ?? 0, most: columns.at(-1)?.[1] ?? 0, counts };
}

test('histogramColumns() names the middle of each column', () => {
  expect(histogramColumns({ least: 0, most: 1, counts: [3, 4] })).toEqual([
    { middle: '0.25', from: '0', to: '0.5', count: 3 },
    { middle: '0.75', from: '0.5', to: '1', count: 4 },
  ]);
});

test.each([
  ['over −1 to 1', Array.from({ length: 200 }, (_, i) => Math.sin(i))],
  ['within 0.01 of 1', Array.from({ length: 200 }, (_, i) => 1 + Math.sin(i) / 100)],
  [
    'within the last digits of a float32',
    Array.from({ length: 200 }, (_, i) => 1000 + (i % 7) * 1e-4),
  ],
  ['far from 0', Array.from({ length: 200 }, (_, i) => -1e8 + 1000 * Math.sin(i))],
  ['equal', Array.from({ length: 200 }, () => 0.1)],
])(
  'histogramColumns() hides no number where the weights lie %s: names differ, and all add up',
  (_, values) => {
    const columns = histogramColumns(logged(values));
    expect(new Set(columns.map(({ middle }) => Number(middle))).size).toBe(columns.length);
    expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(200);
  },
);

test('histogramColumns() gives none where no number is finite', () => {
  expect(histogramColumns(logged([NaN, Infinity]))).toEqual([]);
});
