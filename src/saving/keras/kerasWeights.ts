import type { LayerPlace, WeightSource } from './buildModel';
import type { Hdf5File } from './hdf5File';
import { CELL } from './layerPaths';

/** The weights of a Keras 3 archive: `layers/conv2d/vars/0`, … */
export function archiveWeights(file: Hdf5File): WeightSource {
  return {
    read: ({ path }, index, shape) => file.read(`${path}/vars/${index}`, shape),
    count: ({ path }) => file.names(`${path}/vars`).length,
  };
}

/**
 * The weights of an `.h5` file: a group for each layer, whose attribute names its weights in their order. A model that is
 * a layer has one group for all weights in it, and their names tell whose they are: `conv2d/kernel`.
 *
 * Source: keras/src/legacy/saving/legacy_h5_format.py
 */
export function legacyWeights(file: Hdf5File): WeightSource {
  const names = ({ name, within, path }: LayerPlace): string[] => {
    // "lstm/lstm_cell/kernel"
    const depth = path.endsWith(`/${CELL}`) ? -3 : -2;
    const named = file.attribute(`model_weights/${within}`, 'weight_names');
    const all = named === undefined ? [] : [named].flat();
    return name === within ? all : all.filter((weight) => weight.split('/').at(depth) === name);
  };
  return {
    read(layer, index, shape) {
      const weight = names(layer)[index];
      if (weight === undefined) throw new Error(`the file holds no weight ${index + 1} for it`);
      return file.read(`model_weights/${layer.within}/${weight}`, shape);
    },
    count: (layer) => names(layer).length,
  };
}
