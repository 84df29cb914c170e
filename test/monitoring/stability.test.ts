import {
  chanceOfIndex,
  countInBins,
  decileEdges,
  stabilityIndex,
} from '../../src/monitoring/stability';

test('stabilityIndex() is 0 for equal shares, and Σ (q − p) ln (q / p) for others, with half a case more in each bin', () => {
  expect(stabilityIndex([5, 10], [5, 10])).toBe(0);
  // (0.5 − 1.5) / 2 and back: p = 0.75, 0.25; q = 0.25, 0.75; 2 · 0.5 · ln 3
  expect(stabilityIndex([1, 0], [0, 1])).toBeCloseTo(Math.log(3), 12);
  // p = np.array([50, 30, 20]) + .5; q = np.array([20, 30, 50]) + .5; p /= p.sum(); q /= q.sum()
  // sum((q - p) * np.log(q / p))
  expect(stabilityIndex([50, 30, 20], [20, 30, 50])).toBeCloseTo(0.532935044415932, 12);
});

test('chanceOfIndex() is (1/M + 1/N) times the 99.9 % quantile of χ², within 1 % of scipy from 6 degrees on', () => {
  // scipy.stats.chi2.ppf(.999, [1, 6, 9]): 10.82756617, 22.45774448, 27.87716487
  const quantile = (bins: number) => chanceOfIndex(bins, 100, 200) / (1 / 100 + 1 / 200);
  expect(Math.abs(quantile(2) / 10.82756617 - 1)).toBeLessThan(0.04);
  expect(Math.abs(quantile(7) / 22.45774448 - 1)).toBeLessThan(0.01);
  expect(Math.abs(quantile(10) / 27.87716487 - 1)).toBeLessThan(0.01);
});

test('decileEdges() parts values into ten bins of equally many, and into fewer where many are equal', () => {
  const values = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
  expect(decileEdges(values)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
  expect(countInBins(values, decileEdges(values))).toEqual(Array(10).fill(10));
  expect(decileEdges([1, 1, 1, 1, 1, 1, 1, 1, 1, 2])).toEqual([2]);
  expect(decileEdges([1, 1, 1])).toEqual([]);
  expect(countInBins([0, 1, 5], [])).toEqual([3]);
});
