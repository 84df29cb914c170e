import type { tf } from '../../tensorflow/tf';

/** One use of a layer in a network whose inner networks are resolved into their layers. */
export interface FlatNode {
  layer: tf.layers.Layer;
  inputs: FlatNode[];
  /** Which of the layer's outputs it is. */
  output: number;
  callArgs: unknown;
  shape: tf.Shape;
}

/** What is known of a network's tensors: at first what stands for the inputs of an inner one. */
type Scope = Map<tf.SymbolicTensor, FlatNode>;

/**
 * Resolves a network into its layers: in the place of a network inside it stand the layers of that.
 *
 * @param model one input, one output
 * @returns each node behind those that it is computed from; the last one is the output
 */
export function flatNodes(model: tf.LayersModel): FlatNode[] {
  const nodes: FlatNode[] = [];
  const calls: Array<{ network: tf.LayersModel; inputs: FlatNode[]; scope: Scope }> = [];

  /** The tensors inside a network, where it is given these inputs. */
  function scopeOf(network: tf.LayersModel, inputs: FlatNode[]): Scope {
    const known = calls.find(
      (call) => call.network === network && call.inputs.every((input, i) => input === inputs[i]),
    );
    if (known) return known.scope;
    const scope = new Map(network.inputs.map((input, i) => [input, inputs[i]!]));
    calls.push({ network, inputs, scope });
    return scope;
  }

  function visit(tensor: tf.SymbolicTensor, scope: Scope): FlatNode {
    const known = scope.get(tensor);
    if (known) return known;
    const { sourceLayer: layer, outputTensorIndex, callArgs, shape } = tensor;
    const output = outputTensorIndex ?? 0;
    const inputs = tensor.inputs.map((input) => visit(input, scope));
    const node = isNetwork(layer)
      ? visit(layer.outputs[output]!, scopeOf(layer, inputs))
      : { layer, inputs, output, callArgs, shape };
    if (!isNetwork(layer)) nodes.push(node);
    scope.set(tensor, node);
    return node;
  }

  visit(model.outputs[0]!, new Map());
  return nodes;
}

function isNetwork(layer: tf.layers.Layer): layer is tf.LayersModel {
  return 'layers' in layer;
}
