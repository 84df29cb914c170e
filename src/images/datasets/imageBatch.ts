import { tf } from '../../tensorflow/tf';
import type { LabelMode } from './datasetOptions';

/** Pictures `xs`, float32 `[n, height, width, channels]`, 0–255, and labels `ys`, as the label mode says. */
export type ImageBatch = { xs: tf.Tensor4D; ys: tf.Tensor };

/**
 * Encodes labels for a loss function.
 *
 * @param labels indices in the list of classes
 * @param labelMode `'binary'`: float32 `[n, 1]`; `'categorical'`: float32 `[n, classes]`, one-hot; `'int'`: int32 `[n]`
 * @param classes number of classes
 * @returns the labels as a tensor. The caller disposes it
 *
 * @example
 * encodeLabels([0, 1], 'categorical', 3).arraySync(); // [[1, 0, 0], [0, 1, 0]]
 */
export function encodeLabels(
  labels: readonly number[],
  labelMode: LabelMode,
  classes: number,
): tf.Tensor {
  return tf.tidy(() => {
    const integers = tf.tensor1d([...labels], 'int32'); // [n]
    if (labelMode === 'binary') return integers.toFloat().expandDims(1); // [n, 1]
    if (labelMode === 'categorical') return tf.oneHot(integers, classes).toFloat(); // [n, classes]
    return integers;
  });
}
