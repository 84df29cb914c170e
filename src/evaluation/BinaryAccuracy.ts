import { BinaryMetric } from './binaryMetric';
import { shareOf } from './shareOf';

/**
 * The share of the pictures that is classified right: `keras.metrics.BinaryAccuracy` on labels `[n]` or `[n, 1]`.
 *
 * Every picture counts alike, also in a smaller last batch.
 *
 * @example
 * const accuracy = new BinaryAccuracy();
 * await accuracy.update(batch.ys, probabilities); // for each batch
 * accuracy.result();
 */
export class BinaryAccuracy extends BinaryMetric {
  /** In 0–1; 0 before the first picture, as in Keras. */
  result(): number {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this.counts;
    const right = truePositives + trueNegatives;
    return shareOf(right, right + falsePositives + falseNegatives);
  }
}
