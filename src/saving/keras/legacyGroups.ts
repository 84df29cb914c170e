import type { tf } from '../../tensorflow/tf';
import { describeForKeras, kerasName, weightArrays } from './describeForKeras';
import type { Hdf5Group } from './hdf5File';
import { asKeras2, onlyInKeras3 } from './asKeras2';
import { kerasJson } from './kerasJson';
import { isModel, weightHolders } from './weightHolders';

/**
 * What Keras' older format `.h5` holds, group by group: the layers as attributes of the file, and a group for each layer of
 * the model, whose attribute names its weights in their order, first those that are trained. A model that is a layer has
 * one group for all weights in it.
 *
 * The layers are written as Keras 2 writes them, where it has them all, and as Keras 3 otherwise. Keras 3 reads both.
 *
 * How the model was compiled is left away: with an optimizer's state in the file, Keras 3 opens it and then cannot train
 * («Unknown variable», Keras 3.15.1 with files of its own), and without it `compile` is one line.
 *
 * Source: keras/src/legacy/saving/legacy_h5_format.py
 *
 * @param version the Keras whose way of writing this is
 * @throws {Error} when Keras has no layer that does the same
 */
export async function legacyGroups(model: tf.LayersModel, version: string): Promise<Hdf5Group[]> {
  const { config: described } = describeForKeras(model);
  const config = onlyInKeras3(described) === undefined ? asKeras2(described) : described;
  const origin = { backend: 'tensorflow', keras_version: version };
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const layer_names = layers.map(({ name }) => kerasName(name));
  const file = { ...origin, model_config: kerasJson(config) };
  return [
    { path: '', attributes: file, arrays: [] },
    { path: 'model_weights', attributes: { ...origin, layer_names }, arrays: [] },
    ...(await Promise.all(layers.map(layerGroup))),
  ];
}

async function layerGroup(layer: tf.layers.Layer): Promise<Hdf5Group> {
  const [trained, others]: Hdf5Group['arrays'][] = [[], []];
  for (const { leaf, owner, path } of leavesOf(layer, [])) {
    const trainable = trainableCount(leaf, owner);
    for (const [i, array] of (await weightArrays(leaf)).entries()) {
      const own = leaf.weights[i]?.originalName.split('/').at(-1) ?? array.name;
      // Both Keras read the order alone; `loadKeras` knows the layers of a model by their indices in the name.
      const named = { ...array, name: [...path, own].join('/') };
      (i < trainable ? trained! : others!).push(named);
    }
  }
  const arrays = [...trained!, ...others!];
  return {
    path: `model_weights/${kerasName(layer.name)}`,
    // An empty list has no type, and Keras reads none as an empty one.
    attributes: arrays.length > 0 ? { weight_names: arrays.map(({ name }) => name) } : {},
    arrays,
  };
}

interface Leaf {
  leaf: tf.layers.Layer;
  owner: tf.layers.Layer;
  path: string[];
}

/** What has weights in a layer or in the layers of a model, in their order. */
function leavesOf(layer: tf.layers.Layer, above: string[]): Leaf[] {
  const path = [...above, kerasName(layer.name)];
  if (isModel(layer)) return layer.layers.flatMap((inner) => leavesOf(inner, path));
  return weightHolders(layer).flatMap(({ holder, owner, names }) => {
    const within = [...path, ...names.map(kerasName)];
    if (!isModel(holder)) return [{ leaf: holder, owner, path: within }];
    return holder.layers.flatMap((inner) => leavesOf(inner, within));
  });
}

/**
 * How many of a layer's weights, which come first, Keras will train when it has read the layer's configuration. A model that
 * is frozen as a whole freezes the weights of its layers in tfjs, and not the layers, whose configurations are written.
 */
function trainableCount(layer: tf.layers.Layer, { trainable }: tf.layers.Layer): number {
  const { _trainableWeights: weights } = layer as unknown as { _trainableWeights: unknown[] };
  return trainable ? weights.length : 0;
}
