import { tf } from '../../tensorflow/tf';

/** What every layer of tfjs may be given: its name, whether it is trained, and so on. */
export type LayerArgs = NonNullable<Parameters<typeof tf.layers.add>[0]>;

/** What a layer takes or gives: one tensor, or several. */
export type Tensors = tf.Tensor | tf.Tensor[];

/** A class of layers, with fields that tfjs's types call private or do not export. */
export interface LayerClass<Fields = object> {
  readonly prototype: tf.layers.Layer & Fields;
  new (args: LayerArgs): tf.layers.Layer & Fields;
  fromConfig: tf.serialization.FromConfigMethod<tf.serialization.Serializable>;
}

/**
 * Looks up the class of one of tfjs's layers, of which tfjs publishes only a function that makes instances.
 *
 * @param className its name in saved models, as `BatchNormalization`
 */
export function layerClass<Fields = object>(className: string): LayerClass<Fields> {
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (!known) throw new Error(`Cannot extend a layer of tfjs: there is none named ${className}`);
  return known[0] as unknown as LayerClass<Fields>;
}
