import { tf } from '../../tensorflow/tf';
import { checkedFilling, type Filling } from './filling';

/**
 * Gives each picture the pixels of other places: the pixel at (x, y) is taken from (a0 x + a1 y + a2, b0 x + b1 y + b2).
 *
 * @param pictures float32, [n, height, width, channels]
 * @param numbers a0, a1, a2, b0, b1 and b2, float32 [n, 1] each
 * @returns of the same shape; the caller disposes it
 */
export function affineTransform(
  pictures: tf.Tensor4D,
  numbers: readonly tf.Tensor[],
  filling: Filling,
): tf.Tensor4D {
  const { fillMode, fillValue, interpolation } = checkedFilling(filling);
  return tf.tidy(() => {
    const zeros = tf.zerosLike(numbers[0]!);
    const matrices = tf.concat([...numbers, zeros, zeros], 1) as tf.Tensor2D;
    return tf.image.transform(pictures, matrices, interpolation, fillMode, fillValue);
  });
}
