import { BinaryMetric } from './binaryMetric';
import { shareOf } from './shareOf';

/**
 * Of the pictures of the second class, the share that was found: `keras.metrics.Recall`.
 *
 * @example
 * const recall = new Recall();
 * await recall.update(batch.ys, probabilities); // for each batch
 * recall.result();
 */
export class Recall extends BinaryMetric {
  /** In 0–1; 0 when there was no picture of the second class, as in Keras. */
  result(): number {
    const { truePositives, falseNegatives } = this.counts;
    return shareOf(truePositives, truePositives + falseNegatives);
  }
}
