import { tf } from '../native/tfjs';
import type { Loss } from './fromLogits';
import { trustObjective } from './isKnownObjective';
import { madeObjective } from './madeObjective';

/** Keras' metric `Accuracy`: how many numbers of the outputs equal the labels, which no probability does. */
export const equalAccuracy: Loss = (labels, outputs) =>
  tf.tidy(() => tf.cast(tf.equal(labels, outputs), 'float32'));
trustObjective(equalAccuracy);

/** Keras' `BinaryAccuracy(threshold=…)`: with 0 it measures logits. */
export function binaryAccuracyAbove(threshold: number): Loss {
  const source = { className: 'BinaryAccuracy', settings: { threshold } };
  return madeObjective('binaryAccuracy', source, (labels, outputs) =>
    tf.cast(tf.equal(labels, tf.cast(tf.greater(outputs, threshold), labels.dtype)), 'float32'),
  );
}

/** Keras' `TopKCategoricalAccuracy`: whether fewer than k outputs are larger than that of the label. */
export function topKAccuracy(k: number): Loss {
  const source = { className: 'TopKCategoricalAccuracy', settings: { k } };
  return madeObjective('topKCategoricalAccuracy', source, (labels, outputs) =>
    isAmongFirst(tf.argMax(labels, -1), outputs, k),
  );
}

/** Keras' `SparseTopKCategoricalAccuracy`, the same for labels that are the number of a class. */
export function sparseTopKAccuracy(k: number): Loss {
  const source = { className: 'SparseTopKCategoricalAccuracy', settings: { k } };
  return madeObjective('sparseTopKCategoricalAccuracy', source, (labels, outputs) =>
    isAmongFirst(tf.reshape(labels, outputs.shape.slice(0, -1)), outputs, k),
  );
}

/** Source: `in_top_k` of TensorFlow, for which equal ones are all among the first, and what is not finite is not. */
function isAmongFirst(classes: tf.Tensor, outputs: tf.Tensor, k: number): tf.Tensor {
  const ofClass = tf.oneHot(tf.cast(classes, 'int32'), outputs.shape.at(-1)!);
  const value = tf.sum(tf.where(tf.cast(ofClass, 'bool'), outputs, 0), -1, true);
  const larger = tf.sum(tf.cast(tf.greater(outputs, value), 'int32'), -1);
  const isFinite = tf.isFinite(tf.squeeze(value, [-1]));
  return tf.cast(tf.logicalAnd(tf.less(larger, k), isFinite), 'float32');
}
