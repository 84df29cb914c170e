import { tf } from '../native/tfjs';
import { replaceGradient } from './replaceKernel';

/**
 * Lets a network go on learning from an answer that is wrong and utterly sure, as Keras does.
 *
 * tfjs's crossentropies cut probabilities off at 1e-7 and 1 − 1e-7, and the gradient with them: a picture whose answer lies
 * beyond, which is where wrong and sure ones lie, teaches nothing any more. Keras computes from what stands before the sigmoid
 * or the softmax, and the gradient there is the probability minus the label, however sure the answer is. The same comes out
 * here where the cut passes the gradient of all probabilities on, and where the gradients of sigmoid and softmax take the
 * probability as it was cut: what the loss divides by, they multiply with. The loss itself stays tfjs's, at most 16.1 for a
 * picture.
 *
 * Where nothing is cut off these gradients are tfjs's.
 *
 * Source: `binary_crossentropy` and `categorical_crossentropy` in keras/src/backend/tensorflow/nn.py, which take
 * `_keras_logits` of their input.
 */
export function installSaturatedGradients(): void {
  replaceGradient('ClipByValue', (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const { clipValueMin, clipValueMax } = attributes as unknown as Record<string, number>;
      const isProbability = clipValueMin === epsilon() && clipValueMax === 1 - epsilon();
      // What lies outside of 0 to 1 is no probability, and nothing behind it multiplies with what the loss divides by.
      const range = isProbability ? { clipValueMin: 0, clipValueMax: 1 } : attributes;
      return stock.gradFunc(dy, saved, range as typeof attributes);
    },
  }));
  replaceGradient('Sigmoid', (stock) => ({
    ...stock,
    gradFunc: (dy, [y]) => {
      const cut = cutOff(y!);
      return { x: () => tf.mul(dy as tf.Tensor, tf.mul(cut, tf.sub(tf.scalar(1), cut))) };
    },
  }));
  replaceGradient('Softmax', (stock) => ({
    ...stock,
    gradFunc: (dy, [y], attributes) => {
      const { dim } = attributes as unknown as { dim: number };
      const weighed = tf.mul(dy as tf.Tensor, cutOff(y!));
      return { logits: () => tf.sub(weighed, tf.mul(tf.sum(weighed, [dim], true), y!)) };
    },
  }));
}

function cutOff(probability: tf.Tensor): tf.Tensor {
  return tf.clipByValue(probability, epsilon(), 1 - epsilon());
}

/** tfjs's, by which its losses cut: 1e-7 in float32. */
function epsilon(): number {
  return tf.backend().epsilon();
}
