import { checkOptionNames, type OptionNames } from '../errors/checkOptionNames';
import type { ColorMode } from '../images/formats/colorMode';
import { checkSeed } from '../errors/checkSeed';
import type { tf } from '../tensorflow/tf';
import { checkNetworkShape } from './checkNetworkShape';
import { convolutionalNetwork } from './convolutionalNetwork';

/** Three times a convolution and a pooling leave one pixel of so many. */
const SMALLEST_SIDE = 22;

/** Options of `buildEmotion`; each is one change of the network. */
export interface EmotionOptions {
  /** Makes the initial weights and the dropout the same each time; without it they differ. */
  seed?: number;
  /** Height and width of the pictures, whole numbers from 22; 256 × 256 when left out. Smaller ones train faster. */
  imageSize?: [height: number, width: number];
  /** How much of the pictures' colours it gets: `'grayscale'`, one channel, `'rgba'`, four; `'rgb'` when left out. */
  colorMode?: ColorMode;
  /** How many classes it tells apart; 2 when left out. From 3 on its end is a softmax, for labels `[n, classes]`. */
  classes?: number;
  /** The share of Dense 256's outputs that each training step leaves out, 0 up to below 1; 0 when left out. */
  dropout?: number;
  /** The share of each pooling's maps that each training step leaves out, whole maps, 0 up to below 1; 0 when left out. */
  spatialDropout?: number;
  /** Normalizes the output of each convolution, which then has no bias, before its relu; false when left out. */
  batchNormalization?: boolean;
  /** Adds this times the sum of the weights' absolute values, of convolutions and Dense 256, to the loss; 0 when left out. */
  l1?: number;
  /** Adds this times the sum of the squared weights of convolutions and Dense 256 to the loss; 0 when left out. */
  l2?: number;
  /** Moves each label of the loss so far towards the mean of all classes, 0 up to below 1, as in Keras; 0 when left out. */
  labelSmoothing?: number;
}

const OPTION_NAMES: OptionNames<EmotionOptions> = {
  seed: true,
  imageSize: true,
  colorMode: true,
  classes: true,
  dropout: true,
  spatialDropout: true,
  batchNormalization: true,
  l1: true,
  l2: true,
  labelSmoothing: true,
};

/**
 * Builds and compiles the network of the emotion exercise, with random weights: 3,696,625 parameters for pictures of
 * 256 × 256.
 *
 * Input `[n, 256, 256, 3]`, float32 in 0–1. Three convolutions (16, 32, 16 filters of 3×3, relu), each followed by
 * 2×2 max-pooling, then Dense 256 (relu) and Dense 1 (sigmoid). Output `[n, 1]` in 0–1: the probability of the second
 * class. Adam, binary cross-entropy, accuracy. Initial weights are drawn as Keras draws them: Glorot uniform, biases 0.
 *
 * @param options see {@link EmotionOptions}
 * @returns a fresh compiled model; the caller disposes it
 * @throws {RangeError} for a seed that is no whole number from 0, a dropout or smoothing outside 0–1, an l1 or l2 below 0,
 * classes that are no whole number from 2, or a side that is none from 22
 * @example
 * const model = buildEmotion({ seed: 1, dropout: 0.5 });
 * model.summary();
 */
export function buildEmotion(options: EmotionOptions = {}): tf.Sequential {
  checkOptionNames('Cannot build the network', options, OPTION_NAMES);
  const { seed, imageSize = [256, 256], classes = 2 } = options;
  const { dropout = 0, spatialDropout = 0, labelSmoothing = 0, l1 = 0, l2 = 0 } = options;
  if (seed !== undefined) checkSeed('Cannot build the network', seed);
  for (const [name, share] of Object.entries({ dropout, spatialDropout, labelSmoothing })) {
    if (share >= 0 && share < 1) continue;
    throw new RangeError(
      `Cannot build the network: ${name} must be from 0 to below 1, got ${share}`,
    );
  }
  for (const [name, factor] of Object.entries({ l1, l2 })) {
    if (factor >= 0 && factor < Infinity) continue;
    throw new RangeError(
      `Cannot build the network: ${name} must be a number from 0, got ${factor}`,
    );
  }
  checkNetworkShape({ imageSize, classes }, SMALLEST_SIDE);
  return convolutionalNetwork({
    ...options,
    name: 'emotion',
    imageSize,
    filters: [16, 32, 16],
    units: 256,
    classes,
  });
}
