import { trustClass } from '../../tensorflow/graph/customCode';
import { tf } from '../../tensorflow/tf';

/**
 * Makes a layer of this library known: saved models are loaded with it, and the graph step takes it, since it computes
 * with tensors alone.
 */
export function registerLayer(
  layer: Parameters<typeof tf.serialization.registerClass>[0] & (new (args: never) => object),
): void {
  tf.serialization.registerClass(layer);
  trustClass(layer);
}
