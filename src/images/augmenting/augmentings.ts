import { tf } from '../../tensorflow/tf';
import type { Augmenting, Random } from './augmenting';
import { brightening } from './brightening';
import { contrasting } from './contrasting';
import { erasing } from './erasing';
import { flipping } from './flipping';
import { turning } from './turning';
import { moving } from './moving';
import { zooming } from './zooming';

/** A way in which pictures are changed at random, whatever its settings are. */
export interface AnyAugmenting {
  /** Whether the settings can be used, in words: what is required; undefined where nothing is wrong. */
  problem(settings: object): string | undefined;
  /**
   * @param pictures float32, [n, height, width, channels]
   * @returns of the same shape; the caller disposes it
   */
  augment(pictures: tf.Tensor4D, settings: object, random: Random): tf.Tensor4D;
}

/** What changes pictures here, by the names of Keras' layers. */
export const AUGMENTINGS: ReadonlyMap<string, AnyAugmenting> = new Map([
  ['RandomBrightness', of(brightening)],
  ['RandomContrast', of(contrasting)],
  ['RandomErasing', of(erasing)],
  ['RandomFlip', of(flipping)],
  ['RandomRotation', of(turning)],
  ['RandomTranslation', of(moving)],
  ['RandomZoom', of(zooming)],
]);

function of<Settings, Drawn>({
  problem,
  draw,
  change,
}: Augmenting<Settings, Drawn>): AnyAugmenting {
  return {
    problem: (settings) => problem(settings as Settings),
    augment: (pictures, settings, random) =>
      tf.tidy(() => {
        const drawn = draw(settings as Settings, pictures.shape, random);
        return change(pictures, drawn, settings as Settings);
      }),
  };
}
