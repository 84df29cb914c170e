import type { Random } from '../../images/augmenting/augmenting';
import { AUGMENTINGS } from '../../images/augmenting/augmentings';
import { twice } from '../../images/augmenting/factor';
import { mixing } from '../../images/augmenting/mixing';
import { drawNoise } from '../../tensorflow/graph/drawNoise';
import { tf } from '../../tensorflow/tf';
import { Identity } from './identity';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';
import { shapeOfSize } from './croppedPictures';

/**
 * Keras' layers that change pictures at random while they train, and leave them as they are in every prediction.
 *
 * Source: https://keras.io/api/layers/preprocessing_layers/image_augmentation/; that each is an identity when it predicts
 * was asked of Keras 3.15.1 (test/saving/layerSettings.py)
 */
export const AUGMENTATIONS = [
  'AugMix',
  'CutMix',
  'MixUp',
  'RandAugment',
  'RandomBrightness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomCrop',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomZoom',
  'Solarization',
] as const;

/** One of {@link AUGMENTATIONS}, with Keras' settings of it; while it trains it changes pictures where that is known here. */
export class Augmentation extends Identity<Record<string, unknown>> {
  constructor(args: LayerArgs & Record<string, unknown>) {
    super(args);
    const name = this.getClassName();
    const problem = (this.mixesLabels ? mixing : AUGMENTINGS.get(name))?.problem(this.settings);
    if (problem !== undefined) throw new RangeError(`Cannot make the layer ${name}: ${problem}`);
    const { factor } = this.settings;
    // From a single number Keras 3.15 draws no weaker contrast, against its documentation; two are the same on both sides.
    if (name === 'RandomContrast' && typeof factor === 'number') {
      this.settings['factor'] = twice(factor);
    }
  }

  /** Whether it changes pictures in training, as Keras does. */
  get changesPictures(): boolean {
    return AUGMENTINGS.has(this.getClassName()) && this.isChannelsLast;
  }

  /** Whether it mixes pictures and their labels, which it gets in `augment` alone. */
  get mixesLabels(): boolean {
    return this.getClassName() === 'MixUp';
  }

  get isChannelsLast(): boolean {
    return this.settings['dataFormat'] !== 'channelsFirst';
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs?: Record<string, unknown>): tf.Tensor {
    if (!kwargs?.['training'] || !this.changesPictures) return super.call(inputs);
    return this.augment([inputs].flat()[0] as tf.Tensor4D);
  }

  /**
   * Changes pictures as in training.
   *
   * @param pictures float32, [n, height, width, channels]
   * @param seed of the draws where the layer has none
   * @returns of the same shape; the caller disposes it
   */
  augment(pictures: tf.Tensor4D, seed?: number): tf.Tensor4D {
    const augmenting = AUGMENTINGS.get(this.getClassName())!;
    return augmenting.augment(pictures, this.settings, this.random(seed));
  }

  /** Draws by TensorFlow, from the layer's seed, or from one that it is given for want of its own. */
  random(seed?: number): Random {
    const own = this.settings['seed'] as number | null | undefined;
    return (distribution, shape) =>
      drawNoise(this, own ?? seed, distribution, shape) ?? drawByTfjs(distribution, shape);
  }
}

/** Where TensorFlow's library does not compute. */
const drawByTfjs: Random = (distribution, shape) => {
  if (distribution === 'Uniform') return tf.randomUniform(shape);
  return distribution === 'Normal'
    ? tf.randomNormal(shape)
    : tf.randomGamma(shape, distribution.gamma);
};

// tfjs knows a layer by the name of its class, so that each has one.
for (const name of AUGMENTATIONS) {
  registerLayer(
    class extends Augmentation {
      static override readonly className = name;

      /**
       * Keras gives RandomCrop's output the shape of the crop, also where it predicts and crops nothing: so are the weights
       * behind it shaped.
       */
      override computeOutputShape(inputShape: tf.Shape): tf.Shape {
        if (name !== 'RandomCrop') return super.computeOutputShape(inputShape);
        return shapeOfSize(inputShape, this.settings as { height: number; width: number });
      }
    },
  );
}
