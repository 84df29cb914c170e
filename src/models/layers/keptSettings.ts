import type { tf } from '../../tensorflow/tf';

const kept = new WeakMap<tf.layers.Layer, Readonly<Record<string, unknown>>>();

/**
 * Remembers of a layer of Keras' what tfjs has no place for and no prediction needs, as the `seed` of a noise, so that
 * it is not lost when the layer goes back.
 *
 * @param settings as Keras writes them
 */
export function keepSettings(
  layer: tf.layers.Layer,
  settings: Readonly<Record<string, unknown>>,
): void {
  kept.set(layer, settings);
}

/** What {@link keepSettings} was given for a layer. */
export function keptSettings(layer: tf.layers.Layer): Readonly<Record<string, unknown>> {
  return kept.get(layer) ?? {};
}
