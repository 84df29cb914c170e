import type { tf } from '../../tensorflow/tf';
import { Identity } from './identity';
import { registerLayer } from './registerLayer';
import { onlyShape } from './settingsLayer';

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

/** One of {@link AUGMENTATIONS}, which keeps its settings and, here, changes nothing in training either. */
export class Augmentation extends Identity<Record<string, unknown>> {}

interface AugmentationClass {
  new (args: never): Augmentation;
  prototype: Augmentation;
}

/** tfjs knows a layer by the name of its class, so that each has one. */
export const augmentationClasses: ReadonlyMap<string, AugmentationClass> = new Map(
  AUGMENTATIONS.map((name) => {
    const ofKind = class extends Augmentation {
      static override readonly className = name;
    };
    registerLayer(ofKind);
    return [name, ofKind];
  }),
);

/**
 * Keras gives RandomCrop's output the shape of the crop, also where it predicts and crops nothing: so are the weights
 * behind it shaped.
 */
augmentationClasses.get('RandomCrop')!.prototype.computeOutputShape = function (
  this: Augmentation,
  inputShape: tf.Shape,
): tf.Shape {
  const [count, , , channels] = onlyShape(inputShape);
  const { height, width } = this.settings as { height: number; width: number };
  return [count!, height, width, channels!];
};
