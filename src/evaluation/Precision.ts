import { BinaryMetric } from './binaryMetric';
import { shareOf } from './shareOf';

/**
 * Of the pictures that were taken for the second class, the share that belongs to it: `keras.metrics.Precision`.
 *
 * @example
 * const precision = new Precision();
 * await precision.update(batch.ys, probabilities); // for each batch
 * precision.result();
 */
export class Precision extends BinaryMetric {
  /** In 0–1; 0 when no picture was taken for the second class, as in Keras. */
  result(): number {
    const { truePositives, falsePositives } = this.counts;
    return shareOf(truePositives, truePositives + falsePositives);
  }
}
