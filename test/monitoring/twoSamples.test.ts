import { kolmogorovSmirnov, testOfSamples } from '../../src/monitoring/twoSamples';

test('kolmogorovSmirnov() has the distance of scipy, also where values are equal, and a p near the exact one', () => {
  // a = [0.1, 0.4, 0.7, 1.3, 2.2, 2.9, 3.1, 4.8]; b = [1.0, 2.5, 3.0, 3.3, 4.1, 5.5, 6.0, 7.2, 7.9, 9.3]
  // scipy.stats.ks_2samp(a, b): 0.575, 0.0704; n = sqrt(80 / 18); scipy.special.kolmogorov((n + .12 + .11 / n) * .575)
  const small = kolmogorovSmirnov(
    [0.1, 0.4, 0.7, 1.3, 2.2, 2.9, 3.1, 4.8],
    [1.0, 2.5, 3.0, 3.3, 4.1, 5.5, 6.0, 7.2, 7.9, 9.3],
  );
  expect(small.distance).toBeCloseTo(0.575, 12);
  expect(small.p).toBeCloseTo(0.06422121745909881, 12);
  // i = np.arange(200); ks_2samp(np.sin(i), np.sin(i * 1.7) + 0.15): 0.18, 0.0030; kolmogorov: 0.002585746957363319
  const all = Array.from({ length: 200 }, (_, i) => i);
  const large = kolmogorovSmirnov(
    all.map((i) => Math.sin(i)),
    all.map((i) => Math.sin(i * 1.7) + 0.15),
  );
  expect(large.distance).toBeCloseTo(0.18, 12);
  expect(large.p).toBeCloseTo(0.002585746957363319, 9);
  // ks_2samp([1, 1, 2, 2, 3], [1, 2, 2, 2, 3, 3]).statistic
  expect(kolmogorovSmirnov([1, 1, 2, 2, 3], [1, 2, 2, 2, 3, 3]).distance).toBeCloseTo(7 / 30, 12);
  expect(kolmogorovSmirnov([1, 2, 3], [3, 2, 1])).toEqual({ distance: 0, p: 1 });
});

test('testOfSamples() takes the least p of all numbers, times how many there are', () => {
  const [same, low, high] = [
    [1, 2, 3, 4],
    [1, 2, 3, 4],
    [11, 12, 13, 14],
  ];
  const { p } = kolmogorovSmirnov(low, high);
  expect(testOfSamples([same, low], [same, high])).toEqual({ distance: 1, p: 2 * p });
  expect(testOfSamples([same, same], [same, same])).toEqual({ distance: 0, p: 1 });
});
