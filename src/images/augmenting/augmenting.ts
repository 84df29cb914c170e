import type { Distribution } from '../../tensorflow/graph/drawNoise';
import type { tf } from '../../tensorflow/tf';

/**
 * Draws random numbers, other ones at each call.
 *
 * @returns float32; the caller disposes it
 */
export type Random = (distribution: Distribution, shape: number[]) => tf.Tensor;

/** Of a batch of pictures: how many, their height, width and channels. */
export type BatchShape = [pictures: number, height: number, width: number, channels: number];

/**
 * A way in which pictures are changed at random. What was drawn is told apart from what is done with it, so that the same
 * draw can be compared with what Keras makes of it.
 */
export interface Augmenting<Settings, Drawn> {
  /** Whether the settings can be used, in words: what is required; undefined where nothing is wrong. */
  problem(settings: Settings): string | undefined;
  draw(settings: Settings, shape: BatchShape, random: Random): Drawn;
  /**
   * @param pictures float32, [n, height, width, channels]
   * @returns of the same shape; the caller disposes it
   */
  change(pictures: tf.Tensor4D, drawn: Drawn, settings: Settings): tf.Tensor4D;
}

/** Numbers drawn evenly from a range. */
export function drawBetween(
  random: Random,
  shape: number[],
  [least, most]: readonly [number, number],
): tf.Tensor {
  return random('Uniform', shape)
    .mul(most - least)
    .add(least);
}
