import { numberedName } from '../../files/numberedName';
import { tf } from '../../tensorflow/tf';
import type { FlatNode } from './flatNodes';

/** The two ends of a network; the caller makes a model of them, and disposes it. */
export interface NetworkEnds {
  input: tf.SymbolicTensor;
  output: tf.SymbolicTensor;
}

/**
 * Copies a network up to one of its nodes, with weights of its own. Two layers of one name get a number.
 *
 * @param end one of `flatNodes`
 * @param before a copy behind which it is put; it begins with an input of its own when left out
 */
export function copyUpTo(end: FlatNode, before?: NetworkEnds): NetworkEnds {
  const copies = new Map<tf.layers.Layer, tf.layers.Layer>();
  const names = new Set(before && layerNames(before.output));
  const tensors = new Map<FlatNode, tf.SymbolicTensor[]>();
  let input = before?.input;

  function visit(node: FlatNode): tf.SymbolicTensor {
    const found = tensors.get(node) ?? apply(node, node.inputs.map(visit));
    tensors.set(node, found);
    return found[node.output]!;
  }

  function apply({ layer, callArgs, shape }: FlatNode, given: tf.SymbolicTensor[]) {
    if (given.length === 0 && before) return [before.output];
    if (given.length === 0) {
      input = tf.input({ batchShape: shape, name: layer.name });
      return [input];
    }
    const known = copies.get(layer);
    const copy = known ?? withoutWeights(layer, names);
    copies.set(layer, copy);
    const outputs = copy.apply(given.length === 1 ? given[0]! : given, callArgs as object);
    if (!known) copyWeights(layer, copy);
    return [outputs].flat() as tf.SymbolicTensor[];
  }

  const output = visit(end);
  return { input: input!, output };
}

function layerNames(tensor: tf.SymbolicTensor, names = new Set<string>()): Set<string> {
  if (names.has(tensor.sourceLayer.name)) return names;
  names.add(tensor.sourceLayer.name);
  tensor.inputs.forEach((input) => layerNames(input, names));
  return names;
}

/** What the weights begin with is not drawn, since those of the original replace them. */
function withoutWeights(layer: tf.layers.Layer, names: Set<string>): tf.layers.Layer {
  const config = { ...layer.getConfig() };
  for (const key of Object.keys(config)) {
    if (key.endsWith('Initializer') && config[key]) config[key] = 'zeros';
  }
  const name = numberedName(layer.name, (free) => !names.has(free));
  names.add(name);
  const { classNameMap } = tf.serialization.SerializationMap.getMap();
  const [layerClass, fromConfig] = classNameMap[layer.getClassName()]!;
  return fromConfig(layerClass, { ...config, name }) as tf.layers.Layer;
}

/** As new tensors: an optimizer may change those of a layer in their place. */
function copyWeights(from: tf.layers.Layer, to: tf.layers.Layer): void {
  to.trainable = from.trainable;
  tf.tidy(() =>
    to.setWeights(from.getWeights().map((weight) => tf.tensor(weight.dataSync(), weight.shape))),
  );
}
