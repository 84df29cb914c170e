import { checkOptionNames, type OptionNames } from '../errors/checkOptionNames';
import { checkSeed } from '../errors/checkSeed';
import { checkWord } from '../errors/checkWord';
import { channelsOf, COLOR_MODES, type ColorMode } from '../images/formats/colorMode';
import { kerasAdam } from '../tensorflow/kerasAdam';
import { tf } from '../tensorflow/tf';
import { ARCHITECTURES } from './architectures';
import { checkNetworkShape } from './checkNetworkShape';
import { outputLayer } from './outputLayer';

/** Three poolings leave one pixel of so many. */
const SMALLEST_SIDE = 8;

/** Options of `buildNetwork`. */
export interface NetworkOptions {
  /**
   * `'fullyConvolutional'`: convolutions and poolings alone; `'residual'`: what two convolutions find is added to what came
   * in; `'separable'`: convolutions of few weights.
   */
  architecture: keyof typeof ARCHITECTURES;
  /** Makes the initial weights the same each time; without it they differ. */
  seed?: number;
  /** Height and width of the pictures, whole numbers from 8; 256 × 256 when left out. */
  imageSize?: [height: number, width: number];
  /** As for `buildEmotion`; `'rgb'` when left out. */
  colorMode?: ColorMode;
  /** How many classes it tells apart; 2 when left out. From 3 on its end is a softmax, for labels `[n, classes]`. */
  classes?: number;
}

const OPTION_NAMES: OptionNames<NetworkOptions> = {
  architecture: true,
  seed: true,
  imageSize: true,
  colorMode: true,
  classes: true,
};

/**
 * Builds and compiles a small network of another architecture than that of the exercises, with random weights. Each ends
 * with the mean of each map (global average pooling) and one layer, so that it has few weights, whatever the pictures' size,
 * and Grad-CAM tells truly where it looks.
 *
 * Input `[n, height, width, channels]`, float32 in 0–1. Output `[n, 1]`, the probability of the second class, or
 * `[n, classes]`. Adam, cross-entropy, accuracy. Initial weights are drawn as Keras draws them: Glorot uniform, biases 0.
 *
 * @param options see {@link NetworkOptions}
 * @returns a fresh compiled model; the caller disposes it
 * @throws {RangeError} for another architecture, a seed that is no whole number from 0, classes that are none from 2, or a
 * side that is none from 8
 * @example
 * const model = buildNetwork({ architecture: 'residual', imageSize: [64, 64], seed: 1 });
 * model.summary();
 */
export function buildNetwork(options: NetworkOptions): tf.LayersModel {
  const cannot = 'Cannot build the network';
  checkOptionNames(cannot, options, OPTION_NAMES);
  const { architecture, seed, imageSize = [256, 256], colorMode = 'rgb', classes = 2 } = options;
  checkWord(cannot, 'architecture', architecture, Object.keys(ARCHITECTURES));
  checkWord(cannot, 'colorMode', colorMode, COLOR_MODES);
  if (seed !== undefined) checkSeed(cannot, seed);
  checkNetworkShape({ imageSize, classes }, SMALLEST_SIDE);
  let drawn = 0;
  // One seed a layer: with the same one, layers of equal shape would start equal.
  const glorot = () =>
    tf.initializers.glorotUniform(seed === undefined ? {} : { seed: seed * 100 + drawn++ });
  const pictures = tf.input({ shape: [...imageSize, channelsOf(colorMode)] });
  const found = ARCHITECTURES[architecture](pictures, glorot);
  const { layer, loss } = outputLayer(classes, glorot());
  const outputs = layer.apply(found) as tf.SymbolicTensor;
  const model = tf.model({ inputs: pictures, outputs, name: architecture });
  model.compile({ optimizer: kerasAdam(), loss, metrics: ['accuracy'] });
  // Else tfjs would leave the optimizer's tensors, twice the model's size, when the model is disposed.
  return Object.assign(model, { isOptimizerOwned: true });
}
