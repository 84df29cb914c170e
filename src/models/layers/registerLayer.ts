import { trustClass } from '../../tensorflow/objective/customCode';
import { tf } from '../../tensorflow/tf';

const own = new Set<string>();

/** Whether a class of layers is one that tfjs itself has not: it opens no model that holds one. */
export function isOwnLayer(className: string): boolean {
  return own.has(className);
}

/**
 * Makes a layer of this library known: saved models are loaded with it, and the graph step takes it, since it computes
 * with tensors alone.
 *
 * @throws {Error} when tfjs has something of its name that is no layer: it keeps all that it saves in one list
 */
export function registerLayer(
  layer: Parameters<typeof tf.serialization.registerClass>[0] & (new (args: never) => object),
): void {
  const { className } = layer;
  const known = tf.serialization.SerializationMap.getMap().classNameMap[className]?.[0];
  if (!known) own.add(className);
  else if (!(known.prototype instanceof tf.layers.Layer)) {
    throw new Error(`Cannot register the layer ${className}: tfjs has something else of that name`);
  }
  tf.serialization.registerClass(layer);
  trustClass(layer);
}
