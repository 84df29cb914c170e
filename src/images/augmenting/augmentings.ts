import { tf } from '../../tensorflow/tf';
import type { Augmenting, Random } from './augmenting';
import { randomBrightness } from './randomBrightness';
import { randomContrast } from './randomContrast';
import { randomErasing } from './randomErasing';
import { randomFlip } from './randomFlip';
import { randomRotation } from './randomRotation';
import { randomTranslation } from './randomTranslation';
import { randomZoom } from './randomZoom';

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
  ['RandomBrightness', of(randomBrightness)],
  ['RandomContrast', of(randomContrast)],
  ['RandomErasing', of(randomErasing)],
  ['RandomFlip', of(randomFlip)],
  ['RandomRotation', of(randomRotation)],
  ['RandomTranslation', of(randomTranslation)],
  ['RandomZoom', of(randomZoom)],
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
