import type { Classifier } from '../models/classifier';
import { isSoftmaxOfOne, outputMeaning, type SavedLoss, whyUnknown } from '../models/outputMeaning';
import { activationAtEnd } from '../tensorflow/objective/activationAtEnd';
import { isHingeLoss } from '../tensorflow/objective/fromLogits';
import type { tf } from '../tensorflow/tf';

/**
 * Of a network without sigmoid or softmax at its end, notes whether it gives logits, and says where that is not known.
 *
 * @throws {Error} when no class can be read from its outputs
 */
export function withOutputsKnown(given: Classifier, loss: SavedLoss, cannot: string): Classifier {
  const { model, fromLogits = loss.takesLogits } = given;
  const end = activationAtEnd(model);
  if ((end === 'sigmoid' || end === 'softmax') && !isSoftmaxOfOne(model)) return given;
  const classifier = fromLogits === undefined ? given : { ...given, fromLogits };
  const meaning = outputMeaning(classifier, loss);
  if (meaning === 'unknown') throw new Error(`${cannot}: ${whyUnknown(model, loss)}`);
  const sentence = meaning === 'signed' ? signedNotice(model) : logitsNotice(model, loss);
  const isKnown = fromLogits !== undefined || end === 'logSoftmax';
  if (meaning === 'signed' || (meaning === 'logits' && !isKnown)) {
    // A classifier has no other way to speak to whoever loads it.
    // eslint-disable-next-line no-console
    console.warn(`The model ${JSON.stringify(model.name)} ${sentence}`);
  }
  return meaning === 'signed' ? classifier : { ...classifier, fromLogits: meaning === 'logits' };
}

function signedNotice(model: tf.LayersModel): string {
  const name = JSON.stringify(model.layers.at(-1)!.name);
  return hasOneOutput(model)
    ? `gives one number from -1 to 1 (layer ${name}): above 0 it means the second class. What stands for its probability, (number + 1) / 2, is none that it has learned.`
    : `gives numbers from -1 to 1 (layer ${name}): the largest wins. What stands for its probability, (number + 1) / 2, is none that it has learned.`;
}

function logitsNotice(model: tf.LayersModel, { name }: SavedLoss): string {
  const [activation, outputs] = hasOneOutput(model)
    ? ['sigmoid', 'output is']
    : ['softmax', 'outputs are'];
  if (name !== undefined && isHingeLoss(name)) {
    const wins = hasOneOutput(model)
      ? 'above 0 its output means the second class'
      : 'the largest of its outputs wins';
    return `was trained with the loss ${JSON.stringify(name)}: ${wins}. What stands for its probability, the ${activation}, is none that it has learned.`;
  }
  const reason =
    name === undefined
      ? 'its file does not say the loss that it was trained with'
      : `its loss ${JSON.stringify(name)} does not say what they are`;
  return `ends without sigmoid or softmax, and ${reason}: its ${outputs} taken for logits, from which ${activation} makes probabilities.`;
}

function hasOneOutput(model: tf.LayersModel): boolean {
  return model.outputs[0]!.shape.at(-1) === 1;
}
