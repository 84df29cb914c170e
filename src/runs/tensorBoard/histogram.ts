/** One column: from, up to, and how many numbers. */
export type Bucket = [left: number, right: number, count: number];

/**
 * Counts numbers in columns of equal width, as `tf.summary.histogram` does: where all are equal, also a single one, the last
 * column holds them, and each begins and ends there.
 *
 * @param values those that are not finite are left out
 * @param buckets how many columns, ≥ 1
 * @returns none where there are no such numbers
 * Source: https://github.com/tensorflow/tensorboard/blob/master/tensorboard/plugins/histogram/summary_v2.py
 */
export function histogram(values: Float32Array, buckets = 30): Bucket[] {
  // Plain loops: `filter` of a typed array takes ten times as long, and these are millions of weights an epoch.
  let [least, most, finite] = [Infinity, -Infinity, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    finite++;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (finite === 0) return [];
  if (least === most) {
    return Array.from({ length: buckets }, (_, i) => [least, most, i === buckets - 1 ? finite : 0]);
  }
  const width = (most - least) / buckets;
  const counts: number[] = Array.from({ length: buckets }, () => 0);
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    counts[Math.min(buckets - 1, Math.floor((value - least) / width))]!++;
  }
  return counts.map((count, i) => [
    least + i * width,
    i === buckets - 1 ? most : least + (i + 1) * width,
    count,
  ]);
}
