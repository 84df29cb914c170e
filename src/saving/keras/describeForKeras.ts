import { maskedOutputs } from '../../models/layers/maskedOutputs';
import type { tf } from '../../tensorflow/tf';
import { FLOAT32, layerToKeras } from './layerConfig';
import { layerPaths } from './layerPaths';
import type { Hdf5Group } from './hdf5File';
import { tensorValues } from '../../tensorflow/native/tensorValues';
import { operationOfLayer } from './operations';
import type { TensorReference } from './values/tensorReference';
import { type Config, toKerasObject } from './values/values';
import { isModel, weightHolders } from './weightHolders';

/** What tfjs writes of a network of layers; its types call it private. */
interface Network {
  containerNodes: Set<string>;
  getConfig(): {
    layers: Array<{
      name: string;
      inboundNodes: TensorReference[][];
    }>;
    inputLayers: TensorReference[];
    outputLayers: TensorReference[];
  };
}

/** A model as Keras writes it, and the groups of `model.weights.h5`, whose arrays are read as they are needed. */
export interface KerasModel {
  config: Config;
  weights: Array<{ path: string; name: string; layer: tf.layers.Layer }>;
}

/**
 * Writes a model as Keras 3 does, without its weights' values.
 *
 * @throws {Error} when the model has no input shape yet, or a layer that Keras has not; it is named with its position
 */
export function describeForKeras(model: tf.LayersModel, folder = ''): KerasModel {
  if (!model.inputs?.length) {
    throw new Error('its first layer must be given an inputShape, so that it has weights');
  }
  maskedOutputs(model);
  return model.getClassName() === 'Sequential'
    ? describeSequential(model, folder)
    : describeFunctional(model, folder);
}

function describeSequential(model: tf.LayersModel, folder: string): KerasModel {
  const layers = model.layers.filter((layer) => layer.getClassName() !== 'InputLayer');
  const described = describeLayers(layers, folder);
  const [input] = model.inputs;
  const config = {
    name: kerasName(model.name),
    trainable: true,
    dtype: FLOAT32,
    layers: [inputLayer(input!), ...described.map(({ config }) => config)],
    build_input_shape: input!.shape,
  };
  return {
    config: toKerasObject('keras', 'Sequential', config),
    weights: described.flatMap(({ weights }) => weights),
  };
}

function describeFunctional(model: tf.LayersModel, folder: string): KerasModel {
  const network = model as unknown as Network;
  const { layers: nodes, inputLayers, outputLayers } = network.getConfig();
  const described = describeLayers(model.layers, folder);
  const layers = model.layers.map((layer, i) =>
    operationOfLayer({
      ...described[i]!.config,
      name: kerasName(layer.name),
      inbound_nodes: nodes[i]!.inboundNodes.map((node) => {
        const tensors = node.map((reference) => kerasTensor(model, reference));
        return { args: tensors.length === 1 ? tensors : [tensors], kwargs: {} };
      }),
    }),
  );
  // One alone stands in no list: in a list Keras would take it for a list of one tensor.
  const references = (given: TensorReference[]) => {
    const all = given.map((reference) => kerasEnd(model, reference));
    return all.length === 1 ? all[0] : all;
  };
  const config = {
    name: kerasName(model.name),
    trainable: true,
    layers,
    input_layers: references(inputLayers),
    output_layers: references(outputLayers),
  };
  return {
    config: {
      ...toKerasObject('keras.src.models.functional', 'Functional', config),
      registered_name: 'Functional',
    },
    weights: described.flatMap(({ weights }) => weights),
  };
}

function describeLayers(layers: readonly tf.layers.Layer[], folder: string): KerasModel[] {
  const configs = layers.map((layer, i) =>
    at(layer, i, layers.length, () => {
      if (layer.getClassName() === 'InputLayer') {
        return inputLayer(layer.output as tf.SymbolicTensor, layer.name);
      }
      return isModel(layer) ? undefined : layerConfig(layer);
    }),
  );
  const classNames = layers.map((layer, i) =>
    isModel(layer) ? kerasClass(layer) : (configs[i]!['class_name'] as string),
  );
  const paths = layerPaths(classNames, folder);
  return layers.map((layer, i) => {
    const name = kerasName(layer.name);
    const path = paths[i]!;
    if (isModel(layer)) {
      return at(layer, i, layers.length, () => describeForKeras(layer, `${path}/`));
    }
    const weights = weightHolders(layer).flatMap(({ holder, folders }) => {
      const folder = [path, ...folders].join('/');
      if (isModel(holder)) return describeForKeras(holder, `${folder}/`).weights;
      return [{ path: `${folder}/vars`, name, layer: holder }];
    });
    return { config: configs[i]!, weights };
  });
}

function layerConfig(layer: tf.layers.Layer): Config {
  return layerToKeras(layer, kerasName(layer.name), (wrapped) =>
    isModel(wrapped) ? describeForKeras(wrapped).config : layerConfig(wrapped),
  );
}

function kerasClass(model: tf.LayersModel): string {
  return model.getClassName() === 'Sequential' ? 'Sequential' : 'Functional';
}

function inputLayer({ shape, name }: tf.SymbolicTensor, layer = name): Config {
  return toKerasObject('keras.layers', 'InputLayer', {
    batch_shape: shape,
    dtype: 'float32',
    sparse: false,
    ragged: false,
    name: kerasName(layer),
    optional: false,
  });
}

function kerasTensor(model: tf.LayersModel, [name, node, tensor]: TensorReference): Config {
  const { containerNodes } = model as unknown as Network;
  const layer = model.getLayer(name);
  // The node's number in the file counts those nodes alone that belong to this model.
  const own = layer.inboundNodes.filter((_, i) => containerNodes.has(`${name}_ib-${i}`));
  return {
    class_name: '__keras_tensor__',
    config: {
      shape: own[isModel(layer) ? node - 1 : node]?.outputShapes[tensor] ?? layer.outputShape,
      dtype: 'float32',
      keras_history: kerasReference(model, [name, node, tensor]),
    },
  };
}

/** In tfjs, as in Keras 2, the first node of a model that is a layer is its own; in Keras 3 it is its first call. */
function kerasReference(
  model: tf.LayersModel,
  [name, node, tensor]: TensorReference,
): TensorReference {
  return [kerasName(name), isModel(model.getLayer(name)) ? node - 1 : node, tensor];
}

/** The same among a model's outputs, where Keras 3 also counts the own node of a Functional model. */
function kerasEnd(model: tf.LayersModel, [name, node, tensor]: TensorReference): TensorReference {
  const layer = model.getLayer(name);
  const isCounted = isModel(layer) && kerasClass(layer) === 'Functional';
  return isCounted ? [kerasName(name), node, tensor] : kerasReference(model, [name, node, tensor]);
}

/** Keras takes no slash in a name. */
export function kerasName(name: string): string {
  return name.replaceAll('/', '_');
}

function at<T>(layer: tf.layers.Layer, index: number, count: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Error(
      `layer ${index + 1} of ${count}, ${JSON.stringify(layer.name)} (${layer.getClassName()}): ${(error as Error).message}`,
      { cause: error },
    );
  }
}

/** Reads the values of the weights of the layers that {@link describeForKeras} has named. */
export async function weightGroups(layers: KerasModel['weights']): Promise<Hdf5Group[]> {
  return Promise.all(
    layers.map(async ({ path, name, layer }) => ({
      path,
      attributes: { name },
      arrays: await weightArrays(layer),
    })),
  );
}

/** The values of a layer's weights, numbered in their order, and those that Keras has beside them. */
export async function weightArrays(layer: tf.layers.Layer): Promise<Hdf5Group['arrays']> {
  const arrays: Hdf5Group['arrays'] = await Promise.all(
    layer.weights.map(async (weight, i) => ({
      name: String(i),
      shape: weight.shape as number[],
      values: await tensorValues(weight.read()),
    })),
  );
  // In Keras it has a third one, which counts what it has seen while it adapts.
  if (layer.getClassName() === 'Normalization' && arrays.length > 0) {
    arrays.push({ name: '2', shape: [], values: BigInt64Array.of(0n) });
  }
  return arrays;
}
