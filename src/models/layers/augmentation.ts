import type { tf } from '../../tensorflow/tf';
import { Identity } from './identity';
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

/** One of {@link AUGMENTATIONS}, which keeps its settings and, here, changes nothing in training either. */
export class Augmentation extends Identity<Record<string, unknown>> {}

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
