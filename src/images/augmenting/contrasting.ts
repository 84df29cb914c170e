import { tf } from '../../tensorflow/tf';
import { type Augmenting, drawBetween } from './augmenting';
import { type Factor, factorProblem, twice } from './factor';
import { type ValueRange, valueRangeProblem } from './valueRange';

export interface ContrastSettings {
  /**
   * How much weaker or stronger a contrast becomes at most, as a share of it; of two numbers the first is for weaker. Keras
   * 3.15 draws no weaker one from a single number, against its documentation: a layer made here is saved with two.
   */
  factor: Factor;
  valueRange?: ValueRange;
}

/** Makes the contrast of each picture stronger or weaker: each value's distance to the mean of its channel. */
export const contrasting: Augmenting<ContrastSettings, { contrasts: tf.Tensor }> = {
  problem: ({ factor, valueRange = [0, 255] }) =>
    factorProblem('factor', factor, [0, 1], 'as a share of the contrast') ??
    valueRangeProblem(valueRange),

  /** contrasts: [n, 1, 1, 1]; 1 changes nothing. */
  draw({ factor }, [n], random) {
    const [weaker, stronger] = twice(factor);
    return { contrasts: drawBetween(random, [n, 1, 1, 1], [1 - weaker, 1 + stronger]) };
  },

  change: (pictures, { contrasts }, { valueRange = [0, 255] }) =>
    tf.tidy(() => {
      const [n, height, width, channels] = pictures.shape;
      const means = pictures.mean(1, true).mean(2, true).mul(tf.sub(1, contrasts)); // [n, 1, 1, channels]
      // In whole lines, which TensorFlow adds three times as fast as in pixels.
      const line = tf.tile(means.reshape([n, 1, channels]), [1, 1, width]);
      const lines = pictures.reshape([n, height, width * channels]);
      return lines
        .mul(contrasts.reshape([n, 1, 1]))
        .add(line)
        .clipByValue(...valueRange)
        .reshape(pictures.shape) as tf.Tensor4D;
    }),
};
