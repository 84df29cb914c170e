import { beforeTraining } from '../../tensorflow/native/aroundSteps';
import { modelName } from '../../tensorflow/native/modelName';
import { tf } from '../../tensorflow/tf';
import { Augmentation } from './augmentation';
import { penaltyOnOutputs } from './activityRegularizer';
import { keptSettings } from './keptSettings';
import { maskedOutputs } from './maskedOutputs';
import { layersIn } from './layersIn';
import { ResizedCrop } from './resizedCrop';

const warned = new WeakSet<tf.LayersModel>();

/**
 * Says, once a model, what tfjs leaves out of its training: augmentation, constraints of weights, masks of what the model
 * gives, and penalties on what a layer gives that are not known here. No prediction needs them.
 */
function warnOfLeftOut(model: tf.LayersModel): void {
  const left = untrainedParts(model);
  if (left.length === 0 || warned.has(model)) return;
  warned.add(model);
  // A training has no other way to speak to whoever started it.
  // eslint-disable-next-line no-console
  console.warn(
    `The model ${JSON.stringify(modelName(model))} trains here without ${left.join(', and without ')}: unlike Keras, tfjs applies none in training. Predictions do not need them.`,
  );
}

/** What tfjs leaves out when it trains a model, in words. */
export function untrainedParts(model: tf.LayersModel): string[] {
  const layers = layersIn(model);
  const named = (what: string, has: (layer: tf.layers.Layer) => boolean) => {
    const names = layers.filter(has).map(({ name }) => JSON.stringify(name));
    return names.length > 0 ? [`${what} of ${names.join(', ')}`] : [];
  };
  const isConstrained = ({ trainableWeights }: tf.layers.Layer) =>
    trainableWeights.some((weight) => Reflect.get(weight, 'constraint') != null);
  const isAugmentation = (layer: tf.layers.Layer) =>
    (layer instanceof Augmentation && !layer.changesPictures) || layer instanceof ResizedCrop;
  const isUnknownPenalty = (layer: tf.layers.Layer) =>
    'activity_regularizer' in keptSettings(layer) && !penaltyOnOutputs(layer);
  return [
    ...named('the augmentation', isAugmentation),
    ...named('the constraints', isConstrained),
    ...maskOf(maskedOutputs(model)),
    ...named('the activity_regularizer', isUnknownPenalty),
  ];
}

/** Keras leaves masked steps out of the loss and the metrics. */
function maskOf(outputs: readonly tf.SymbolicTensor[]): string[] {
  const names = outputs.map(({ sourceLayer: { name } }) => JSON.stringify(name)).join(', ');
  return outputs.length > 0 ? [`the mask of what ${names} gives`] : [];
}

beforeTraining(warnOfLeftOut);
