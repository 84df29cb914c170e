import { tf } from '../native/tfjs';

/**
 * Brings labels and outputs to one rank as Keras does before each loss and metric: `[n]` beside `[n, 1]` is `[n, 1]`.
 * Without it, tfjs would refuse them, or compare each label with each output.
 *
 * Source: `squeeze_or_expand_to_same_rank` in keras/src/losses/loss.py
 */
export function sameRank(labels: tf.Tensor, outputs: tf.Tensor): [tf.Tensor, tf.Tensor] {
  if (labels.rank === 1 && outputs.rank === 2 && outputs.shape[1] === 1) {
    return [labels.expandDims(1), outputs];
  }
  if (labels.rank === 2 && labels.shape[1] === 1 && outputs.rank === 1) {
    return [labels, outputs.expandDims(1)];
  }
  return [labels, outputs];
}
