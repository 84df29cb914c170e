import { tf } from '../../tensorflow/tf';
import type { Hdf5Array } from './hdf5File';
import { layerPaths } from './layerPaths';
import type { LayerDescription } from './modelConfig';
import type { WeightHolder } from './weightHolders';

/** Where a model's weights come from. */
export interface WeightSource {
  /**
   * Reads a weight.
   *
   * @param location where the file has the weights
   * @param index which of them, in the order in which Keras and tfjs both make them
   * @throws {Error} when there is none, or it has another shape
   */
  read(location: WeightLocation, index: number, shape: number[]): Hdf5Array;
  /** How many weights the file holds there. */
  count(location: WeightLocation): number;
}

export interface LayerLocation {
  name: string;
  /** After {@link layerPaths}. */
  path: string;
  /** The layer of the whole model that holds it: itself, or a model that is a layer. */
  within: string;
}

/** Where the weights of a layer are, or those of one of both directions. */
export interface WeightLocation extends LayerLocation, Pick<WeightHolder, 'folders' | 'names'> {
  isOneOfTwo: boolean;
}

/** Parts of tfjs's layers that its types call private. */
interface LayerInternals {
  addWeight(
    name: string,
    shape: number[],
    dtype: string,
    initializer: { apply(shape: number[]): tf.Tensor },
    ...rest: unknown[]
  ): tf.LayerVariable;
}

/**
 * Where each of a model's layers lies.
 *
 * @param outer of a model that is itself a layer
 */
export function layerLocations(
  layers: readonly LayerDescription[],
  outer?: LayerLocation,
): LayerLocation[] {
  const classNames = layers.map(({ className }) => className);
  const paths = layerPaths(classNames, outer ? `${outer.path}/` : '');
  return layers.map(({ name }, i) => ({ name, path: paths[i]!, within: outer?.within ?? name }));
}

/**
 * Lets what has weights get them from the file when it is built.
 *
 * @param made each weight is added to it
 * @returns a check, to be called once it is built
 */
export function fillWeights(
  holder: tf.layers.Layer,
  weights: WeightSource,
  location: WeightLocation,
  made: tf.LayerVariable[],
): () => void {
  if ('layers' in holder) return () => {};
  const internals = holder as unknown as LayerInternals;
  const addWeight = internals.addWeight.bind(internals);
  let index = 0;
  internals.addWeight = (weight, shape, dtype, _, ...rest) => {
    const { values } = weights.read(location, index++, shape);
    const given = { apply: () => tf.tensor(values, shape) };
    const variable = addWeight(weight, shape, dtype, given, ...rest);
    made.push(variable);
    return variable;
  };
  return () => {
    const count = weights.count(location);
    // A Normalization's third weight counts what it has seen.
    if (count > index + (holder.getClassName() === 'Normalization' && index > 0 ? 1 : 0)) {
      throw new Error(`it has ${index} weights, and the file holds ${count} for it`);
    }
  };
}
