import type { tf } from '../../tensorflow/tf';

/** Layers that a wrapper of tfjs's holds, as its types do not say. */
interface Wrapper {
  forwardLayer?: tf.layers.Layer;
  backwardLayer?: tf.layers.Layer;
  layer?: tf.layers.Layer;
}

/**
 * The layers that a layer wraps, and that compute its output: both directions of a Bidirectional, the one of a
 * TimeDistributed; none of any other.
 */
export function wrappedLayers(wrapper: tf.layers.Layer): tf.layers.Layer[] {
  const { forwardLayer, backwardLayer, layer } = wrapper as Wrapper;
  if (forwardLayer && backwardLayer) return [forwardLayer, backwardLayer];
  return layer ? [layer] : [];
}

/** All layers of a model, in their order: instead of a model that is one its layers, and behind a wrapper what it wraps. */
export function layersIn(model: tf.LayersModel): tf.layers.Layer[] {
  return model.layers.flatMap(withItsOwn);
}

function withItsOwn(layer: tf.layers.Layer): tf.layers.Layer[] {
  if ('layers' in layer) return layersIn(layer as tf.LayersModel);
  return [layer, ...wrappedLayers(layer).flatMap(withItsOwn)];
}
