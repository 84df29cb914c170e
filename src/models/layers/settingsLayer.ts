import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';

/** What a layer of tfjs takes itself; all else are settings of the layer's own kind. */
export const OF_EVERY_LAYER = [
  'name',
  'trainable',
  'inputShape',
  'batchInputShape',
  'batchSize',
  'dtype',
  'inputDType',
  'updatable',
  'weights',
  'customObjects', // what tfjs was given to load a model with
];

/**
 * A layer that computes one tensor, by default of its first input's shape, as its settings say, and is saved with them. They may be numbers,
 * switches, lists of them, and words in small letters: tfjs changes capital ones while it saves.
 */
export abstract class SettingsLayer<Settings extends object = object> extends tf.layers.Layer {
  readonly settings: Settings;

  constructor(args: LayerArgs & Settings) {
    const entries = Object.entries(args) as Array<[string, unknown]>;
    const isCommon = ([name]: [string, unknown]) => OF_EVERY_LAYER.includes(name);
    super(Object.fromEntries(entries.filter(isCommon)) as LayerArgs);
    this.settings = Object.fromEntries(entries.filter((entry) => !isCommon(entry))) as Settings;
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return onlyShape(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => this.compute(...[inputs].flat()));
  }

  protected abstract compute(...inputs: tf.Tensor[]): tf.Tensor;

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

/** The shape of a layer's only input, or its first one. */
export function onlyShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
  return (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
}
