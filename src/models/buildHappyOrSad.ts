import { checkOptionNames } from '../errors/checkOptionNames';
import type { ColorMode } from '../images/formats/colorMode';
import { checkSeed } from '../errors/checkSeed';
import type { tf } from '../tensorflow/tf';
import { convolutionalNetwork } from './convolutionalNetwork';

/**
 * Builds and compiles the network of the happy-or-sad exercise, with random weights: 2,391,329 parameters.
 *
 * Input `[n, 150, 150, 3]`, float32 in 0–1. Three convolutions (16, 32, 64 filters of 3×3, relu), each followed by
 * 2×2 max-pooling, then Dense 128 (relu) and Dense 1 (sigmoid). Output `[n, 1]` in 0–1: the probability of the second
 * class. Adam, binary cross-entropy, accuracy. Initial weights are drawn as Keras draws them: Glorot uniform, biases 0.
 *
 * @param options.seed makes the initial weights the same each time; without it they differ
 * @param options.colorMode `'grayscale'` for pictures of one channel, `'rgba'` of four; `'rgb'` when left out
 * @returns a fresh compiled model; the caller disposes it
 * @throws {RangeError} when the seed is no whole number from 0
 * @example
 * const model = buildHappyOrSad({ seed: 1 });
 * model.summary();
 */
export function buildHappyOrSad(
  options: { seed?: number; colorMode?: ColorMode } = {},
): tf.Sequential {
  checkOptionNames('Cannot build the network', options, { seed: true, colorMode: true });
  if (options.seed !== undefined) checkSeed('Cannot build the network', options.seed);
  return convolutionalNetwork({
    name: 'happy_or_sad',
    imageSize: [150, 150],
    filters: [16, 32, 64],
    units: 128,
    classes: 2,
    ...options,
  });
}
