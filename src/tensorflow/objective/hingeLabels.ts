import { tf } from '../native/tfjs';

/** Losses that distinguish two classes by the sign, and so by labels -1 and 1. */
export function isHinge(name: unknown): boolean {
  return name === 'hinge' || name === 'squaredHinge';
}

/**
 * Labels for a hinge: a batch that holds 0 and 1 alone becomes -1 and 1. With tfjs's, which takes them as they are, the
 * first class would never be learned.
 *
 * Source: `convert_binary_labels_to_hinge` in keras/src/losses/losses.py
 */
export function hingeLabels(labels: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const isBinary = tf.all(tf.logicalOr(tf.equal(labels, 0), tf.equal(labels, 1)));
    const shift = tf.cast(isBinary, 'float32');
    // 2 · y - 1 where they are binary, y where they are not.
    return tf.sub(tf.mul(labels, tf.add(shift, 1)), shift);
  });
}
