import { wrappedLayers } from '../../models/layers/layersIn';
import type { tf } from '../../tensorflow/tf';

/** What has weights of a layer: itself, the cell of a recurrent one, or what a wrapper holds. */
export interface WeightHolder {
  holder: tf.layers.Layer;
  /** The layer whose `trainable` counts for its weights. */
  owner: tf.layers.Layer;
  /** Where within the layer Keras 3 puts its weights: `forward_layer`, `cell`. */
  folders: string[];
  /** By which names the weights are distinguished in an `.h5`: `forward_lstm`, `cell`. */
  names: string[];
}

/** Where within a recurrent layer Keras 3 puts its weights. */
const CELL = 'cell';

/** Whether a layer is a model. */
export function isModel(layer: tf.layers.Layer): layer is tf.LayersModel {
  return 'layers' in layer;
}

/** What has weights of a layer, in the order in which both sides keep them; a model stands for all that it holds. */
export function weightHolders(layer: tf.layers.Layer): WeightHolder[] {
  const wrapped = isModel(layer) ? [] : wrappedLayers(layer);
  if (wrapped.length > 0) {
    const folders = wrapped.length === 1 ? ['layer'] : ['forward_layer', 'backward_layer'];
    return wrapped.flatMap((inner, i) =>
      weightHolders(inner).map((found) => ({
        ...found,
        folders: [folders[i]!, ...found.folders],
        names: [inner.name, ...found.names],
      })),
    );
  }
  const { cell } = layer as { cell?: tf.layers.Layer };
  if (cell) return [{ holder: cell, owner: layer, folders: [CELL], names: [CELL] }];
  return [{ holder: layer, owner: layer, folders: [], names: [] }];
}
