/** One column: from, up to, and how many numbers. */
export type Bucket = [left: number, right: number, count: number];

/**
 * Counts numbers in columns of equal width, as `tf.summary.histogram` does: where all are equal, also a single one, the last
 * column holds them, and each begins and ends there.
 *
 * @param values finite numbers
 * @param buckets how many columns, ≥ 1
 * @returns none where there are no numbers
 * Source: https://github.com/tensorflow/tensorboard/blob/master/tensorboard/plugins/histogram/summary_v2.py
 */
export function histogram(values: Float32Array, buckets = 30): Bucket[] {
  if (values.length === 0) return [];
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least === most) {
    return Array.from({ length: buckets }, (_, i) => [
      least,
      most,
      i === buckets - 1 ? values.length : 0,
    ]);
  }
  const width = (most - least) / buckets;
  const counts: number[] = Array.from({ length: buckets }, () => 0);
  for (const value of values) {
    counts[Math.min(buckets - 1, Math.floor((value - least) / width))]!++;
  }
  return counts.map((count, i) => [
    least + i * width,
    i === buckets - 1 ? most : least + (i + 1) * width,
    count,
  ]);
}
