import { trustClass } from '../../tensorflow/graph/customCode';
import { tf } from '../../tensorflow/tf';

const own = new Set<string>();

/** Whether a class of layers is one that tfjs itself has not: it opens no model that holds one. */
export function isOwnLayer(className: string): boolean {
  return own.has(className);
}

/**
 * Makes a layer of this library known: saved models are loaded with it, and the graph step takes it, since it computes
 * with tensors alone.
 */
export function registerLayer(
  layer: Parameters<typeof tf.serialization.registerClass>[0] & (new (args: never) => object),
): void {
  if (!(layer.className in tf.serialization.SerializationMap.getMap().classNameMap)) {
    own.add(layer.className);
  }
  tf.serialization.registerClass(layer);
  trustClass(layer);
}
