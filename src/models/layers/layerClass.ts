import { tf } from '../../tensorflow/tf';

/** What every layer of tfjs may be given: its name, whether it is trained, and so on. */
export type LayerArgs = NonNullable<Parameters<typeof tf.layers.add>[0]>;

export interface LayerClass {
  readonly prototype: tf.layers.Layer;
  new (args: LayerArgs): tf.layers.Layer;
  fromConfig: tf.serialization.FromConfigMethod<tf.serialization.Serializable>;
}

/**
 * Looks up the class of one of tfjs's layers, of which tfjs publishes only a function that makes instances.
 *
 * @param className its name in saved models, as `BatchNormalization`
 */
export function layerClass(className: string): LayerClass {
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className];
  if (!known) throw new Error(`Cannot extend a layer of tfjs: there is none named ${className}`);
  return known[0] as unknown as LayerClass;
}
