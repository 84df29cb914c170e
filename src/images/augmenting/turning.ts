import { tf } from '../../tensorflow/tf';
import { affineTransform } from './affineTransform';
import { type Augmenting, drawBetween } from './augmenting';
import { bothWays, type Factor, factorProblem } from './factor';
import { type Filling, fillingProblem } from './filling';

export interface RotationSettings extends Filling {
  /** How far a picture is turned at most, as a share of a full turn; positive numbers turn it counter-clockwise. */
  factor: Factor;
}

/** Turns each picture about its middle. */
export const turning: Augmenting<RotationSettings, { turns: tf.Tensor }> = {
  problem: ({ factor, ...filling }) =>
    factorProblem('factor', factor, [-1, 1], 'as a share of a full turn') ??
    fillingProblem(filling),

  /** turns: [n, 1], shares of a full turn. */
  draw: ({ factor }, [n], random) => ({ turns: drawBetween(random, [n, 1], bothWays(factor)) }),

  change(pictures, { turns }, settings) {
    const [, height, width] = pictures.shape;
    const [x, y] = [(width - 1) / 2, (height - 1) / 2];
    return tf.tidy(() => {
      const angles = turns.mul(2 * Math.PI);
      const [cos, sin] = [tf.cos(angles), tf.sin(angles)];
      const right = cos.mul(-x).add(sin.mul(y)).add(x);
      const down = sin.mul(-x).sub(cos.mul(y)).add(y);
      return affineTransform(pictures, [cos, sin.neg(), right, sin, cos, down], settings);
    });
  },
};
