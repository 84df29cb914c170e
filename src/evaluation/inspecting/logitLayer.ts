import { show } from '../../errors/show';
import { activationAtEnd } from '../../tensorflow/objective/activationAtEnd';
import { tf } from '../../tensorflow/tf';
import { valueAt } from './valueAt';

/** Parts of tfjs's layers that its types call private. */
interface Activated {
  activation?: { apply(x: tf.Tensor): tf.Tensor; getClassName(): string };
}

const TO_PROBABILITIES = ['sigmoid', 'softmax'];

/** Where a network's logits come from: the layer that computes them, and what it computes them from. */
export interface LogitLayer {
  /** That layer's input: what the network has found, ready to be weighed. */
  before: tf.SymbolicTensor;
  /** The logits `[n, 1]` or `[n, classes]` from known values of other tensors; the caller disposes them. */
  logits(known: ReadonlyMap<tf.SymbolicTensor, tf.Tensor>): tf.Tensor;
}

/**
 * Finds the logits of a network: what goes into its last sigmoid or softmax, or what it gives where it ends in neither. Where a probability is near 0 or 1 its
 * gradient vanishes, and that of the logit does not.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {Error} when the network ends in another activation
 */
export function logitLayer(model: tf.LayersModel, action: string): LogitLayer {
  const output = model.outputs[0]!;
  const layer = output.sourceLayer;
  const { activation } = layer as Activated;
  const [before] = output.inputs as [tf.SymbolicTensor];
  const isProbability = TO_PROBABILITIES.includes(activation?.getClassName() ?? '');
  if (
    layer.getClassName() === 'Softmax' ||
    (layer.getClassName() === 'Activation' && isProbability)
  )
    return { before: before.inputs[0] ?? before, logits: (known) => valueAt(before, known) };
  if (isProbability) return { before, logits: (known) => linearly(layer, before, known) };
  if (activationAtEnd(model) === 'linear') {
    return { before, logits: (known) => valueAt(output, known) };
  }
  throw new Error(
    `${action}: the network must end in a layer with a sigmoid, a softmax or no activation, it ends in ${show(layer.name)} (${layer.getClassName()})`,
  );
}

/** What a layer gives without its activation. The layer itself stays as it is. */
function linearly(
  layer: tf.layers.Layer,
  before: tf.SymbolicTensor,
  known: ReadonlyMap<tf.SymbolicTensor, tf.Tensor>,
): tf.Tensor {
  const linear = { apply: (x: tf.Tensor) => x, getClassName: () => 'linear' };
  const same = Object.create(layer, { activation: { value: linear } }) as tf.layers.Layer;
  return tf.tidy(() => same.call(valueAt(before, known), {}) as tf.Tensor);
}
