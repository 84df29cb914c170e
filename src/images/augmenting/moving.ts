import { tf } from '../../tensorflow/tf';
import { affineTransform } from './affineTransform';
import { type Augmenting, drawBetween } from './augmenting';
import { bothWays, type Factor, factorProblem } from './factor';
import { type Filling, fillingProblem } from './filling';

export interface TranslationSettings extends Filling {
  /** How far a picture is moved down at most, as a share of its height; negative numbers move it up. */
  heightFactor: Factor;
  /** How far to the right, as a share of its width. */
  widthFactor: Factor;
}

/** Moves each picture. */
export const moving: Augmenting<TranslationSettings, { down: tf.Tensor; right: tf.Tensor }> = {
  problem: ({ heightFactor, widthFactor, ...filling }) =>
    factorProblem('heightFactor', heightFactor, [-1, 1], 'as a share of the height') ??
    factorProblem('widthFactor', widthFactor, [-1, 1], 'as a share of the width') ??
    fillingProblem(filling),

  /** down, right: [n, 1], shares of height and width. */
  draw: ({ heightFactor, widthFactor }, [n], random) => ({
    down: drawBetween(random, [n, 1], bothWays(heightFactor)),
    right: drawBetween(random, [n, 1], bothWays(widthFactor)),
  }),

  change(pictures, { down, right }, settings) {
    const [, height, width] = pictures.shape;
    return tf.tidy(() => {
      const [zeros, ones] = [tf.zerosLike(down), tf.onesLike(down)];
      const numbers = [ones, zeros, right.mul(-width), zeros, ones, down.mul(-height)];
      return affineTransform(pictures, numbers, settings);
    });
  },
};
