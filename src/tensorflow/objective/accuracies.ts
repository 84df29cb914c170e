import { tf } from '../native/tfjs';
import { trustObjective } from './isKnownObjective';
import type { Loss } from './fromLogits';

/** Keras' metric `Accuracy`: how many numbers of the outputs equal the labels, which no probability does. */
export const equalAccuracy: Loss = (labels, outputs) =>
  tf.tidy(() => tf.cast(tf.equal(labels, outputs), 'float32'));
trustObjective(equalAccuracy);

const byThreshold = new Map<number, Loss>();

/** Keras' `BinaryAccuracy(threshold=…)`: with 0 it measures logits. One function for each threshold. */
export function binaryAccuracyAbove(threshold: number): Loss {
  const known = byThreshold.get(threshold);
  if (known) return known;
  // tfjs logs a metric under its function's name.
  const metric = function binaryAccuracy(labels: tf.Tensor, outputs: tf.Tensor) {
    return tf.tidy(() =>
      tf.cast(tf.equal(labels, tf.cast(tf.greater(outputs, threshold), labels.dtype)), 'float32'),
    );
  };
  trustObjective(metric);
  byThreshold.set(threshold, metric);
  return metric;
}

/** The threshold of a metric that {@link binaryAccuracyAbove} gave; undefined for other ones. */
export function thresholdOf(metric: unknown): number | undefined {
  return [...byThreshold].find(([, known]) => known === metric)?.[0];
}
