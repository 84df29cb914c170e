import type { BrightnessSettings } from '../images/augmenting/brightening';
import type { ContrastSettings } from '../images/augmenting/contrasting';
import type { ErasingSettings } from '../images/augmenting/erasing';
import type { FlipSettings } from '../images/augmenting/flipping';
import type { MixSettings } from '../images/augmenting/mixing';
import type { TranslationSettings } from '../images/augmenting/moving';
import type { RotationSettings } from '../images/augmenting/turning';
import type { ZoomSettings } from '../images/augmenting/zooming';
import type { tf } from '../tensorflow/tf';
import { checkOptionNames, type OptionNames } from '../errors/checkOptionNames';
import './layers/augmentation';
import { OF_EVERY_LAYER } from './layers/settingsLayer';
import { type LayerArgs, layerClass } from './layers/layerClass';

const FILLING = ['fillMode', 'fillValue', 'interpolation'];

/** What each of these layers may be given beside its own settings. */
export interface AugmentingArgs extends LayerArgs {
  /** Makes what it draws repeatable; a whole number. */
  seed?: number;
}

/**
 * Keras' layer RandomFlip: mirrors every second picture of a batch on average, while a model trains.
 *
 * @example
 * tf.sequential({ layers: [randomFlip({ mode: 'horizontal', inputShape: [150, 150, 3] })] });
 */
export const randomFlip = (args: AugmentingArgs & FlipSettings = {}): tf.layers.Layer =>
  make('RandomFlip', args, ['mode']);

/**
 * Keras' layer RandomRotation: turns each picture about its middle.
 *
 * @example
 * randomRotation({ factor: 0.05 }); // up to 18 degrees in either direction
 */
export const randomRotation = (args: AugmentingArgs & RotationSettings): tf.layers.Layer =>
  make('RandomRotation', args, ['factor', ...FILLING]);

/**
 * Keras' layer RandomZoom: draws each picture smaller or larger.
 *
 * @example
 * randomZoom({ heightFactor: [-0.2, 0] }); // up to a fifth larger, never smaller
 */
export const randomZoom = (args: AugmentingArgs & ZoomSettings): tf.layers.Layer =>
  make('RandomZoom', args, ['heightFactor', 'widthFactor', ...FILLING]);

/**
 * Keras' layer RandomTranslation: moves each picture.
 *
 * @example
 * randomTranslation({ heightFactor: 0.1, widthFactor: 0.1 });
 */
export const randomTranslation = (args: AugmentingArgs & TranslationSettings): tf.layers.Layer =>
  make('RandomTranslation', args, ['heightFactor', 'widthFactor', ...FILLING]);

/**
 * Keras' layer RandomContrast: makes the contrast of each picture stronger or weaker.
 *
 * @example
 * randomContrast({ factor: 0.3, valueRange: [0, 1] }); // of pictures that were rescaled
 */
export const randomContrast = (args: AugmentingArgs & ContrastSettings): tf.layers.Layer =>
  make('RandomContrast', args, ['factor', 'valueRange']);

/**
 * Keras' layer RandomBrightness: makes each picture lighter or darker.
 *
 * @example
 * randomBrightness({ factor: 0.2 });
 */
export const randomBrightness = (args: AugmentingArgs & BrightnessSettings): tf.layers.Layer =>
  make('RandomBrightness', args, ['factor', 'valueRange']);

/**
 * Keras' layer RandomErasing: puts a rectangle over some of the pictures.
 *
 * @example
 * randomErasing({ factor: [1, 1], fillValue: 0 }); // over all of them
 */
export const randomErasing = (args: AugmentingArgs & ErasingSettings = {}): tf.layers.Layer =>
  make('RandomErasing', args, ['factor', 'scale', 'fillValue', 'valueRange']);

/**
 * Keras' layer MixUp: lays a second picture over each one, and makes the labels as much of both. It needs the labels, which
 * a layer of a model does not get: it is one for `augment`.
 *
 * @example
 * mixUp({ alpha: 0.2 });
 */
export const mixUp = (args: AugmentingArgs & MixSettings = {}): tf.layers.Layer =>
  make('MixUp', args, ['alpha']);

function make(className: string, args: LayerArgs, settings: readonly string[]): tf.layers.Layer {
  const names = [...settings, 'seed', ...OF_EVERY_LAYER];
  const known = Object.fromEntries(names.map((name) => [name, true])) as OptionNames<LayerArgs>;
  checkOptionNames(`Cannot make the layer ${className}`, args, known);
  return new (layerClass(className))(args);
}
