/** Of two that hardly differ below 0.1, of two that differ much from 0.25 on, as banks read it. */
export const LARGE_SHIFT = 0.25;

/**
 * The population stability index: how much shares differ from those that were expected, Σ (q − p) ln (q / p). 0 where they are
 * equal; it grows without a limit.
 *
 * Half a case is added to each bin, so that an empty one does not make it infinite.
 *
 * Source: B. Yurdakul, Statistical Properties of Population Stability Index, 2018, https://scholarworks.wmich.edu/dissertations/3208.
 *
 * @param expected how many cases each bin had, at least one in all
 * @param actual how many it has, of as many bins
 * @example
 * stabilityIndex([50, 50], [50, 50]); // 0
 */
export function stabilityIndex(expected: readonly number[], actual: readonly number[]): number {
  const [p, q] = [sharesOf(expected), sharesOf(actual)];
  return p.reduce((sum, share, i) => sum + (q[i]! - share) * Math.log(q[i]! / share), 0);
}

/**
 * What the index stays below in 999 of 1,000 cases where nothing has changed: chance alone makes it larger the fewer cases there
 * are. With M cases then and N now it is distributed about as (1/M + 1/N) χ² with a degree of freedom less than bins (Yurdakul, as
 * above).
 */
export function chanceOfIndex(bins: number, expected: number, actual: number): number {
  return (1 / expected + 1 / actual) * chiSquareQuantile(bins - 1);
}

/** In how many standard deviations 999 of 1,000 values of a normal distribution lie below. */
const Z_999 = 3.090232306167813;

/**
 * Below what 999 of 1,000 values of χ² lie.
 *
 * Source: E. B. Wilson and M. M. Hilferty, The Distribution of Chi-Square, PNAS 17 (1931).
 */
function chiSquareQuantile(degrees: number): number {
  const part = 2 / (9 * degrees);
  return degrees * (1 - part + Z_999 * Math.sqrt(part)) ** 3;
}

function sharesOf(counts: readonly number[]): number[] {
  const all = counts.reduce((sum, count) => sum + count, 0) + counts.length / 2;
  return counts.map((count) => (count + 0.5) / all);
}

/**
 * Values that part others into ten bins of equally many, or fewer where many are equal.
 *
 * @param values at least one
 * @returns ascending, up to nine, none twice
 */
export function decileEdges(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from(
    { length: 9 },
    (_, k) => sorted[Math.min(sorted.length - 1, Math.floor(((k + 1) * sorted.length) / 10))]!,
  );
  // The least value as an edge would leave a bin that nothing can fall into.
  return [...new Set(edges)].filter((edge) => edge > sorted[0]!);
}

/** How many values lie in each bin; one that is equal to an edge lies above it. */
export function countInBins(values: readonly number[], edges: readonly number[]): number[] {
  const counts = Array.from({ length: edges.length + 1 }, () => 0);
  for (const value of values) counts[edges.filter((edge) => edge <= value).length]!++;
  return counts;
}
