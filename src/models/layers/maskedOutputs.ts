import { tf } from '../../tensorflow/tf';
import { wrappedLayers } from './layersIn';

/** Layers that give the mask of their steps on, in Keras as in tfjs, and compute what they compute without one. */
const CARRIERS = [
  'Activation',
  'AlphaDropout',
  'Dense',
  'Dropout',
  'GaussianDropout',
  'GaussianNoise',
  'LayerNormalization',
  'ReLU',
  'SpatialDropout1D',
];
/** Layers that take no notice of a mask, in Keras as in tfjs: what follows has none. */
const DROPPERS = [
  'AveragePooling1D',
  'Conv1D',
  'Flatten',
  'GlobalMaxPooling1D',
  'GroupedConv1D',
  'MaxPooling1D',
  'Permute',
  'Reshape',
];
/** Layers that leave masked steps out, and give the mask on where they give a step for each. */
const RECURRENT = ['Bidirectional', 'GRU', 'LSTM', 'SimpleRNN'];

/** Whether layers of a class hand the mask of their steps on, where they give steps. */
export function carriesMask(className: string): boolean {
  return [...CARRIERS, ...RECURRENT, 'TimeDistributed'].includes(className);
}

/**
 * Which outputs of a model have masked steps: those that an Embedding with `mask_zero` or a Masking has marked, with no layer
 * in between that has used the mask up.
 *
 * @throws {Error} when a mask comes to a layer that does something else with it than Keras, or that is not known to do the same
 */
export function maskedOutputs(model: tf.LayersModel): tf.SymbolicTensor[] {
  const known = new Map<tf.SymbolicTensor, boolean>();
  const isMasked = (tensor: tf.SymbolicTensor): boolean => {
    if (!known.has(tensor)) known.set(tensor, givesMask(tensor, isMasked));
    return known.get(tensor)!;
  };
  return model.outputs.filter(isMasked);
}

function givesMask(
  { sourceLayer, inputs, tensorIndex }: tf.SymbolicTensor,
  isMasked: (tensor: tf.SymbolicTensor) => boolean,
): boolean {
  const className = sourceLayer.getClassName();
  const isGiven = inputs.map(isMasked).includes(true);
  if ('layers' in sourceLayer) {
    const inner = sourceLayer as tf.LayersModel;
    if (isGiven || maskedOutputs(inner).includes(inner.outputs[tensorIndex]!))
      throw unknownMask(sourceLayer);
    return false;
  }
  if (className === 'Masking') return true;
  if (className === 'Embedding') return (sourceLayer as { maskZero?: boolean }).maskZero === true;
  if (!isGiven) return false;
  if (inputs.length > 1) throw unknownMask(sourceLayer);
  if (RECURRENT.includes(className)) {
    return (sourceLayer as { returnSequences?: boolean }).returnSequences === true;
  }
  if (className === 'GlobalAveragePooling1D' || DROPPERS.includes(className)) return false;
  const [wrapped] = className === 'TimeDistributed' ? wrappedLayers(sourceLayer) : [];
  const carrier = wrapped?.getClassName() ?? className;
  const isIndifferent = wrapped !== undefined && DROPPERS.includes(carrier);
  if (CARRIERS.includes(carrier) || isIndifferent) return true;
  throw unknownMask(sourceLayer);
}

function unknownMask(layer: tf.layers.Layer): Error {
  return new Error(
    `layer ${JSON.stringify(layer.name)} (${layer.getClassName()}): steps before it are masked (mask_zero, Masking), and what Keras does with a mask there is not computed here`,
  );
}

const { prototype } = tf.layers.Layer;
const { apply } = prototype;

/** Lets a mask end with the layer that it was made for: tfjs hands it to every later one that has none itself. */
prototype.apply = function (this: tf.layers.Layer, inputs, kwargs) {
  const output = apply.call(this, inputs, kwargs) as ReturnType<typeof apply>;
  if (kwargs && 'mask' in kwargs) delete kwargs['mask'];
  return output;
};
