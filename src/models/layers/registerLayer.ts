import { trustClass } from '../../tensorflow/objective/customCode';
import { tf } from '../../tensorflow/tf';

const own = new Set<string>();

/** Whether a class of layers is one that tfjs itself has not: it opens no model that holds one. */
export function isOwnLayer(className: string): boolean {
  return own.has(className);
}

/**
 * Makes a layer of this library known: saved models are loaded with it, and the graph step takes it, since it computes
 * with tensors alone. In the place of one of tfjs's it is also what `tf.layers` makes, so that a model computes the same
 * before and after it was saved.
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
  if (known) replaceFactory(layer);
  tf.serialization.registerClass(layer);
  trustClass(layer);
}

/** Such as `tf.layers.conv1d` for Conv1D. */
function replaceFactory(layer: { className: string } & (new (args: never) => object)): void {
  const factories = tf.layers as unknown as Record<string, (args?: object) => object>;
  const isFactory = (name: string) => name.toLowerCase() === layer.className.toLowerCase();
  const name = Object.keys(factories).find(isFactory);
  if (name) factories[name] = (args = {}) => new layer(args as never);
}
