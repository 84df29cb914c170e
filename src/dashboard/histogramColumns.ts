import type { WeightHistogram } from '../runs/log/runLogLines';

/** One column of a histogram as it is drawn and written into a table. */
export interface HistogramColumn {
  /** Its middle, its begin and its end; no two columns have the same middle. */
  middle: string;
  from: string;
  to: string;
  count: number;
}

const FEWEST_DIGITS = 3;
/** More than these a float64 does not hold. */
const MOST_DIGITS = 17;

/**
 * The columns of a histogram with names of as many digits as distinguish them: three for weights from −1 to 1, more where
 * they lie close to another number, as the gammas of batch normalization do near 1.
 *
 * @returns as many as were counted; one where all numbers are equal; none where no number is finite
 * @example
 * histogramColumns({ least: 0, most: 1, counts: [3, 4] }).map(({ middle }) => middle); // ['0.25', '0.75']
 */
export function histogramColumns({
  least,
  most,
  counts,
}: Pick<WeightHistogram, 'least' | 'most' | 'counts'>): HistogramColumn[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const width = (most - least) / counts.length;
  const edges = counts.map((_, i) => least + i * width);
  for (let digits = FEWEST_DIGITS; digits <= MOST_DIGITS && width > 0; digits++) {
    const columns = edges.map((edge, i) => ({
      middle: name(edge + width / 2, digits),
      from: name(edge, digits),
      to: name(i === counts.length - 1 ? most : edge + width, digits),
      count: counts[i]!,
    }));
    if (new Set(columns.map(({ middle }) => middle)).size === columns.length) return columns;
  }
  const only = name(least, FEWEST_DIGITS);
  return [{ middle: only, from: only, to: only, count: all }];
}

function name(value: number, digits: number): string {
  return String(Number(value.toPrecision(digits)));
}
