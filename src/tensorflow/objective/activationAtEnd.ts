import { tf } from '../native/tfjs';

/** Layers that change no single number, or of some take the mean, the largest or another between them. */
const PASSING =
  /^(Flatten|Reshape|Dropout|Permute|InputLayer|(Global)?(Average|Max)Pooling[123]D|Average|Maximum|Minimum)$/;

/**
 * The activation that a model ends in, by tfjs's name: "linear" where there is none. What stands in a model within it
 * counts, and what only reshapes or averages is looked through.
 *
 * @example
 * activationAtEnd(buildHappyOrSad()); // 'sigmoid'
 */
export function activationAtEnd(model: tf.LayersModel): string {
  return activationOf(model.outputs[0]!);
}

function activationOf(tensor: tf.SymbolicTensor): string {
  const layer = tensor.sourceLayer;
  if (layer instanceof tf.LayersModel) {
    return activationOf(layer.outputs[tensor.outputTensorIndex ?? 0]!);
  }
  const own = ownActivation(layer);
  if (own !== undefined) return own;
  const [first, ...others] = tensor.inputs.map(activationOf);
  if (first === undefined) return 'linear';
  return others.every((other) => other === first) ? first : 'linear';
}

/** Undefined where what stands before the layer decides. */
function ownActivation(layer: tf.layers.Layer): string | undefined {
  const kind = layer.getClassName();
  if (kind === 'Softmax') return 'softmax';
  const { activation } = layer as { activation?: { getClassName(): string } };
  const name = activation?.getClassName();
  if (kind === 'Activation' && name === 'linear') return undefined;
  if (name !== undefined) return name;
  return PASSING.test(kind) ? undefined : 'linear';
}

/** The activation that itself gives a model's output, whose input Keras' losses take; undefined for other ones. */
export function probabilitiesAtEnd(output: tf.SymbolicTensor): 'sigmoid' | 'softmax' | undefined {
  const layer = output.sourceLayer;
  if (layer instanceof tf.LayersModel) {
    return probabilitiesAtEnd(layer.outputs[output.outputTensorIndex ?? 0]!);
  }
  const name = ownActivation(layer);
  return name === 'sigmoid' || name === 'softmax' ? name : undefined;
}
