import '../../../models/layers/constraints';
import type { tf } from '../../../tensorflow/tf';
import {
  activation,
  constraint,
  initializer,
  plain,
  regularizer,
  type Translation,
} from '../values/layerValues';
import type { Config } from '../values/values';

/** How one class of layers is written by Keras and made in tfjs. */
export interface LayerKind {
  /** Keras' name of the class. */
  keras: string;
  /** Keras' module of the class where it is none of `keras.layers`. */
  module?: string;
  /** tfjs's name of the class, also of one of our own. */
  tfjs: string;
  /** The versions of Keras in which it computes this, after `kerasVersion`; every one when left out. */
  since?: number;
  before?: number;
  /** Where it is made by another class than that of tfjs's name, under which it is saved. */
  madeBy?: new (args: never) => tf.layers.Layer;
  /** Fields of Keras' configuration that tfjs has under the same name in camel case. */
  fields: Record<string, Translation>;
  /** Whether all other fields travel as they are, too. */
  allFields?: boolean;
  /** tfjs's name of a field where it is another one. */
  renamed?: Record<string, string>;
  /** Fields that Keras may leave out or older versions did not have, with their value then. */
  defaults?: Config;
  /** What tfjs cannot do otherwise: Keras' value, without which a layer is refused. */
  fixed: Config;
  /** The same for fields that only older versions wrote. */
  fixedOnce?: Config;
  /** Whether Keras' class takes no `trainable`. */
  isNeverTrained?: boolean;
  /** Fields that hold a layer, and where the made one has it. */
  wrapped?: Readonly<Record<string, string>>;
  /** Fields of such a layer that the one around it sets itself. */
  setInWrapped?: readonly string[];
  /** Fields that tfjs has no place for and no prediction needs; they are kept beside the layer. */
  kept?: readonly string[];
}

/** The module of operations of the functional API, which Keras keeps among the layers of a model. */
export const OPERATION = 'keras.src.ops.numpy';

/** Channels last, as pictures come here. */
export const image = { data_format: 'channels_last' };

/** What belongs to a weight. */
export function weight(name: string): Record<string, Translation> {
  return {
    [`${name}_initializer`]: initializer,
    [`${name}_regularizer`]: regularizer,
    [`${name}_constraint`]: constraint,
  };
}

export const output = { activation, use_bias: plain };

/** Fields whose values both sides write alike. */
export function plainFields(...names: string[]): Record<string, Translation> {
  return Object.fromEntries(names.map((name) => [name, plain]));
}

/**
 * A kind of layers, which both sides call by the same name where nothing else is said.
 *
 * @param fields see {@link LayerKind}; so are `others`
 */
export function layerKind(
  keras: string,
  fields: LayerKind['fields'] = {},
  others: Partial<LayerKind> = {},
): LayerKind {
  return { keras, tfjs: keras, fields, fixed: {}, ...others };
}
