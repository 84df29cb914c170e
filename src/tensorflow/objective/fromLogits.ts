import { tf } from '../native/tfjs';

/** A loss: a number for each sample, `[n]`, from labels and outputs. */
export type Loss = (labels: tf.Tensor, outputs: tf.Tensor) => tf.Tensor;

/**
 * Keras' crossentropies with `from_logits=True`, by tfjs's names: they compute from what a sigmoid or softmax would be
 * applied to, without ever making the probabilities, so that no answer is too sure for them.
 *
 * Labels as tfjs's losses of these names take them. Sources: `sigmoid_cross_entropy_with_logits` and
 * `softmax_cross_entropy_with_logits` of TensorFlow, which Keras calls in keras/src/backend/tensorflow/nn.py.
 */
export const fromLogits = {
  binaryCrossentropy: function binaryCrossentropyFromLogits(labels, logits) {
    return tf.tidy(() => {
      const overOne = tf.log1p(tf.exp(tf.neg(tf.abs(logits))));
      const each = tf.add(tf.sub(tf.relu(logits), tf.mul(logits, labels)), overOne);
      return tf.mean(each, -1); // [n]
    });
  },
  categoricalCrossentropy: function categoricalCrossentropyFromLogits(labels, logits) {
    return tf.tidy(() => tf.neg(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), -1)));
  },
  sparseCategoricalCrossentropy: function sparseCategoricalCrossentropyFromLogits(labels, logits) {
    return tf.tidy(() => {
      const classes = logits.shape.at(-1)!;
      const indices = tf.reshape(tf.cast(labels, 'int32'), logits.shape.slice(0, -1));
      const oneHot = tf.cast(tf.oneHot(indices, classes), 'float32');
      return tf.neg(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits)), -1));
    });
  },
} satisfies Record<string, Loss>;

/** Losses that tfjs has beside its named ones: each takes logits, and gives the mean over a batch. */
const TFJS_LOSSES: readonly unknown[] = [
  tf.losses.sigmoidCrossEntropy,
  tf.losses.softmaxCrossEntropy,
];

/** Whether a loss, by any name of Keras or tfjs, wants the sign of an output, or the largest of several, and no more. */
export function isHingeLoss(name: string): boolean {
  return ['hinge', 'squaredhinge', 'categoricalhinge'].includes(
    name.toLowerCase().replaceAll('_', ''),
  );
}

/** Whether a loss computes from logits; undefined for a hinge, and for a function that is not known. */
export function takesLogits(loss: unknown): boolean | undefined {
  if (typeof loss === 'string') return isHingeLoss(loss) ? undefined : false;
  const known: readonly unknown[] = [...Object.values(fromLogits), ...TFJS_LOSSES];
  return known.includes(loss) || undefined;
}
