import { show } from '../../errors/show';
import { tf } from '../../tensorflow/tf';
import { type Augmenting, drawBetween } from './augmenting';
import { bothWays, type Factor, factorProblem } from './factor';
import { type ValueRange, valueRangeProblem } from './valueRange';

export interface BrightnessSettings {
  /** How much lighter or darker a picture becomes at most, as a share of the range of values. */
  factor: Factor;
  valueRange?: ValueRange;
}

/** Makes each picture lighter or darker. */
export const brightening: Augmenting<BrightnessSettings, { shifts: tf.Tensor }> = {
  problem: ({ factor, valueRange = [0, 255] }) =>
    factorProblem('factor', factor, [-1, 1], 'as a share of the range of values') ??
    valueRangeProblem(valueRange) ??
    // Nothing would be left to learn from.
    (Math.abs(bothWays(factor)[0] + bothWays(factor)[1]) === 2
      ? `factor must leave something of the pictures, got ${show(factor)}`
      : undefined),

  /** shifts: [n, 1, 1, 1], shares of the range. */
  draw: ({ factor }, [n], random) => ({
    shifts: drawBetween(random, [n, 1, 1, 1], bothWays(factor)),
  }),

  change: (pictures, { shifts }, { valueRange = [0, 255] }) =>
    tf.tidy(() => {
      const [least, greatest] = valueRange;
      return pictures.add(shifts.mul(greatest - least)).clipByValue(least, greatest) as tf.Tensor4D;
    }),
};
