import type { tf } from '../../tensorflow/tf';
import { describeLayer } from './describeLayer';

/** A layer where it stands in a network. */
export interface LayerNode {
  name: string;
  /** Class and what was chosen of it, such as `Conv2D, 16 filters 3 × 3, relu`. */
  kind: string;
  className: string;
  /** What it gives, without the batch; null where a side is not fixed. */
  shape: readonly (number | null)[];
  parameters: number;
  /** Its weights are those of a layer that stands above. */
  isShared: boolean;
  /** It has weights, and training does not change them. */
  isFrozen: boolean;
  /** Indices of the nodes that it takes its input from, all smaller than its own. */
  from: readonly number[];
}

/** More rows than this nobody reads. */
const MOST = 100;

/**
 * Lists the layers of a network, each behind those that it takes its input from. A layer that is used twice stands in the
 * list twice; a network inside the network is one layer. Of more than a hundred layers the last ones are one node.
 *
 * @param model sequential or functional, and built; it stays the caller's
 * @throws {TypeError} when it is no layers model, or not built
 *
 * @example
 * layerNodes(buildHappyOrSad())[1]?.shape; // [148, 148, 16]
 */
export function layerNodes(model: tf.LayersModel): LayerNode[] {
  const outputs = outputsOf(model);
  const tensors = new Map<string, tf.SymbolicTensor>();
  const inputs = new Map<string, string[]>();
  const visit = (tensor: tf.SymbolicTensor) => {
    const key = keyOf(tensor);
    if (inputs.has(key)) return;
    inputs.set(key, []);
    tensor.inputs.forEach(visit);
    inputs.set(key, [...new Set(tensor.inputs.map(keyOf))]);
    tensors.set(key, tensor); // after its inputs: a Map keeps the order
  };
  outputs.forEach(visit);

  const keys = [...tensors.keys()];
  const seen = new Set<tf.layers.Layer>();
  const nodes = [...tensors].map(([key, { sourceLayer, shape }]): LayerNode => {
    const isShared = seen.has(sourceLayer);
    seen.add(sourceLayer);
    const parameters = isShared ? 0 : sourceLayer.countParams();
    return {
      name: nameOf(sourceLayer),
      kind: describeLayer(sourceLayer),
      className: sourceLayer.getClassName(),
      shape: shape.slice(1),
      parameters,
      isShared: isShared && sourceLayer.weights.length > 0,
      isFrozen: sourceLayer.weights.length > 0 && sourceLayer.trainableWeights.length === 0,
      from: inputs.get(key)!.map((input) => keys.indexOf(input)),
    };
  });
  return nodes.length <= MOST ? nodes : shortened(nodes);
}

function outputsOf(model: tf.LayersModel): tf.SymbolicTensor[] {
  if (!Array.isArray(model?.layers)) {
    throw new TypeError(
      `Cannot draw the model: a tf.LayersModel is required, got ${model === null ? 'null' : typeof model}`,
    );
  }
  // Of a Sequential that is not built, tfjs leaves them out, against its own types.
  const outputs: tf.SymbolicTensor[] | undefined = model.outputs;
  if (Array.isArray(outputs) && outputs.length > 0) return outputs;
  throw new TypeError(
    `Cannot draw the model: ${JSON.stringify(model.name)} must know its input's shape, give the first layer an inputShape`,
  );
}

/** Which call of a layer made a tensor; one call may make several. */
function keyOf({ sourceLayer, nodeIndex, id }: tf.SymbolicTensor): string {
  return `${sourceLayer.id}/${nodeIndex ?? `tensor ${id}`}`;
}

/** tfjs names the input of a Sequential after its first layer, which would stand there twice. */
function nameOf({ name }: tf.layers.Layer): string {
  return name.endsWith('_input') ? 'input' : name;
}

/** The first rows, and all others as one. */
function shortened(nodes: readonly LayerNode[]): LayerNode[] {
  const kept = nodes.slice(0, MOST - 1);
  const rest = nodes.slice(MOST - 1);
  const from = new Set(rest.flatMap((node) => node.from).filter((index) => index < MOST - 1));
  return [
    ...kept,
    {
      name: `${rest.length} more layers`,
      kind: 'listed by model.summary()',
      className: '',
      shape: rest.at(-1)!.shape,
      parameters: rest.reduce((sum, { parameters }) => sum + parameters, 0),
      isShared: false,
      isFrozen: rest.every(({ parameters, isFrozen }) => parameters === 0 || isFrozen),
      from: [...from],
    },
  ];
}
