/** Beyond so many terms the sum does not change any more. */
const TERMS = 100;

/**
 * The test of Kolmogorov and Smirnov: whether two samples can come from one distribution.
 *
 * Source: W. H. Press and others, Numerical Recipes, section 14.3, with Stephens' correction for few values; `scipy.stats.ks_2samp`
 * has the same distance, and its exact p is near.
 *
 * @param a at least one number
 * @param b at least one number
 * @returns the largest distance between the two shares of values below a number, 0–1, and how often chance alone makes it as large
 * @example
 * kolmogorovSmirnov([1, 2], [3, 4]).distance; // 1
 */
export function kolmogorovSmirnov(
  a: readonly number[],
  b: readonly number[],
): { distance: number; p: number } {
  const [x, y] = [a, b].map((values) => [...values].sort((one, other) => one - other));
  let [i, j, distance] = [0, 0, 0];
  while (i < x!.length && j < y!.length) {
    const value = Math.min(x![i]!, y![j]!);
    while (x![i] === value) i++;
    while (y![j] === value) j++;
    distance = Math.max(distance, Math.abs(i / x!.length - j / y!.length));
  }
  const size = Math.sqrt((x!.length * y!.length) / (x!.length + y!.length));
  return { distance, p: tail((size + 0.12 + 0.11 / size) * distance) };
}

/** How often Kolmogorov's distribution gives more: 2 Σ (−1)^(k−1) exp(−2 k² λ²). */
function tail(lambda: number): number {
  if (lambda < 0.2) return 1; // it differs from 1 by less than 1e-12, and the sum converges slowly
  let sum = 0;
  for (let k = 1; k <= TERMS; k++) {
    sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * lambda) ** 2);
  }
  return Math.min(1, Math.max(0, sum));
}

/**
 * Whether samples of several numbers each can come from one distribution: each number is tested on its own, and the least p
 * multiplied by how many there are (Bonferroni), so that many tests find no more by chance than one.
 *
 * Source: S. Rabanser, S. Günnemann and Z. C. Lipton, Failing Loudly, NeurIPS 2019: so tested, shifts of pictures are found about
 * as well as by tests of all numbers at once.
 *
 * @param a a list for each number, of the same numbers as `b`
 */
export function testOfSamples(
  a: ReadonlyArray<readonly number[]>,
  b: ReadonlyArray<readonly number[]>,
): { distance: number; p: number } {
  const tests = a.map((values, k) => kolmogorovSmirnov(values, b[k]!));
  return {
    distance: Math.max(...tests.map(({ distance }) => distance)),
    p: Math.min(1, a.length * Math.min(...tests.map(({ p }) => p))),
  };
}
