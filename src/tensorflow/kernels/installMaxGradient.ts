import { tf } from '../native/tfjs';
import { replaceGradient } from './replaceKernel';

/**
 * Lets several values that are the largest share its gradient, as in TensorFlow: tfjs gives each of them the whole. A
 * picture's even background makes many such values of equal size, which GlobalMaxPooling2D then finds.
 *
 * Source: `_MinOrMaxGrad` in tensorflow/python/ops/math_grad.py
 */
export function installMaxGradient(): void {
  replaceGradient('Max', (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const [x, y] = saved as [tf.Tensor, tf.Tensor];
      const { reductionIndices } = attributes as unknown as { reductionIndices: number | number[] };
      const axes = tf.util.parseAxisParam(reductionIndices, x.shape);
      const kept = x.shape.map((size, axis) => (axes.includes(axis) ? 1 : size));
      const count = tf.sum(tf.cast(tf.equal(x, tf.reshape(y, kept)), 'float32'), axes);
      const given = dy as tf.Tensor;
      return stock.gradFunc(tf.div(given, tf.reshape(count, given.shape)), saved, attributes);
    },
  }));
}
