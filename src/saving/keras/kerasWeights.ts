import type { WeightLocation, WeightSource } from './fillWeights';
import type { Hdf5File } from './hdf5File';

/** The weights of a Keras 3 archive: `layers/conv2d/vars/0`, … */
export function archiveWeights(file: Hdf5File): WeightSource {
  return {
    read: (location, index, shape) => file.read(`${folderOf(location)}/vars/${index}`, shape),
    count: (location) => file.names(`${folderOf(location)}/vars`).length,
  };
}

function folderOf({ path, folders }: WeightLocation): string {
  return [path, ...folders].join('/');
}

/**
 * The weights of an `.h5` file: a group for each layer, whose attribute names its weights in their order. A model that is
 * a layer has one group for all weights in it, and their names say whose they are: `conv2d/kernel`.
 *
 * Source: keras/src/legacy/saving/legacy_h5_format.py
 */
export function legacyWeights(file: Hdf5File): WeightSource {
  const names = ({ name, within, names: parts, isOneOfTwo }: WeightLocation): string[] => {
    const named = file.attribute(`model_weights/${within}`, 'weight_names');
    const all = named === undefined ? [] : [named].flat();
    return all.filter((weight) => {
      const path = weight.split('/').slice(0, -1);
      // "lstm/lstm_cell/kernel"; what a wrapper holds, Keras 2 does not name: "time_distributed/kernel"
      const depths = [path.length - 1 - parts.length, path.length - 1];
      const isOfLayer = name === within || depths.some((depth) => path[depth] === name);
      return isOfLayer && (!isOneOfTwo || path.at(-2) === parts.at(-2));
    });
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
