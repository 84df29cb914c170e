import { tf } from '../native/tfjs';

/**
 * What Keras 3 takes "accuracy" for: the shapes of labels and outputs decide, where tfjs asks for the loss.
 *
 * Source: `is_binary_or_sparse_categorical` in keras/src/trainers/compile_utils.py
 *
 * @returns 1 or 0 for each sample, `[n]`; of one output, its mean over what is distinguished
 */
export function accuracyByShape(labels: tf.Tensor, outputs: tf.Tensor): tf.Tensor {
  if (outputs.shape.at(-1) === 1) return tf.metrics.binaryAccuracy(labels, outputs);
  const isSparse = labels.rank < outputs.rank || labels.shape.at(-1) === 1;
  return isSparse
    ? tf.metrics.sparseCategoricalAccuracy(labels, outputs)
    : tf.metrics.categoricalAccuracy(labels, outputs);
}
