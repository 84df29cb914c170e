import { activationAtEnd } from '../tensorflow/objective/activationAtEnd';
import { isHingeLoss, takesLogits } from '../tensorflow/objective/fromLogits';
import { smoothedBy } from '../tensorflow/objective/lossesWithSettings';
import { outputRange } from '../tensorflow/objective/outputRange';
import type { tf } from '../tensorflow/tf';
import type { Classifier } from './classifier';

/**
 * What a model's outputs are:
 *
 * - probabilities;
 * - clipped: without bounds, and the loss took them for probabilities, which it cuts to 0–1, as Keras' do;
 * - logits, of which sigmoid (one output) or softmax (several) makes probabilities;
 * - signed: between -1 and 1, and the more above 0, the surer;
 * - unknown: nothing says how to read a class from them.
 */
export type OutputMeaning = 'probabilities' | 'clipped' | 'logits' | 'signed' | 'unknown';

/** What is known of the loss that a model was trained with. */
export interface SavedLoss {
  /** Undefined where no loss is known. */
  name: string | undefined;
  /** Whether it computes from logits; undefined where that is not known. */
  takesLogits: boolean | undefined;
}

/** Between -1 and 1, with no class at 0. */
const SIGNED = ['tanh', 'softsign', 'kerasHardTanh'];
/** What float32 may leave a range by. */
const EPSILON = 1e-6;

/**
 * What a classifier's model gives.
 *
 * A sigmoid or softmax at its end gives probabilities, whatever else is said, as in Keras. Otherwise the classifier says, or
 * the loss, and then the range in which all outputs lie: what lies in 0–1 are probabilities, what has no bounds are logits,
 * and tanh or softsign is signed where the loss is a hinge or not known.
 *
 * @param loss by default that which the model is compiled with
 */
export function outputMeaning(
  { model, fromLogits }: Pick<Classifier, 'model' | 'fromLogits'>,
  loss: SavedLoss = compiledLoss(model),
): OutputMeaning {
  const end = activationAtEnd(model);
  if (isSoftmaxOfOne(model)) return 'unknown';
  if (end === 'sigmoid' || end === 'softmax') return 'probabilities';
  const areLogits = fromLogits ?? loss.takesLogits;
  if (areLogits === true) return 'logits';
  if (SIGNED.includes(end)) {
    return loss.name === undefined || isHingeLoss(loss.name) ? 'signed' : 'unknown';
  }
  const [low, high] = outputRange(model);
  if (low >= -EPSILON && high <= 1 + EPSILON) return 'probabilities';
  // A softmax of them gives again what they are the logarithms of.
  if (end === 'logSoftmax' && model.outputs[0]!.shape.at(-1) !== 1) return 'logits';
  if (areLogits === false) return 'clipped';
  return low === -Infinity && high === Infinity ? 'logits' : 'unknown';
}

/** Whether a model ends in a softmax over one number, which is 1 whatever that is. */
export function isSoftmaxOfOne(model: tf.LayersModel): boolean {
  return activationAtEnd(model) === 'softmax' && model.outputs[0]!.shape.at(-1) === 1;
}

/** Why no class can be read from outputs that are unknown. */
export function whyUnknown(model: tf.LayersModel, loss: SavedLoss = compiledLoss(model)): string {
  const name = JSON.stringify(model.layers.at(-1)!.name);
  if (isSoftmaxOfOne(model)) {
    return `its last layer ${name} is a softmax over one number, which is always 1: let it be a sigmoid, and train the network anew`;
  }
  const details = SIGNED.includes(activationAtEnd(model))
    ? ` (from -1 to 1, trained with the loss ${JSON.stringify(loss.name)})`
    : rangeInWords(outputRange(model));
  return `the numbers that its last layer ${name} gives${details} are neither probabilities nor logits: let the network end in a sigmoid (one output) or a softmax (one output a class)`;
}

function rangeInWords([low, high]: readonly [number, number]): string {
  const round = (value: number) => String(Number(value.toPrecision(3)));
  if (low === -Infinity) return ` (up to ${round(high)})`;
  return high === Infinity ? ` (from ${round(low)} on)` : ` (from ${round(low)} to ${round(high)})`;
}

function compiledLoss(model: tf.LayersModel): SavedLoss {
  const loss = onlyLoss(model.loss);
  if (loss == null) return { name: undefined, takesLogits: undefined };
  const name = typeof loss === 'function' ? loss.name : String(loss);
  return { name, takesLogits: takesLogits(smoothedBy(loss)?.base ?? loss) };
}

function onlyLoss(loss: unknown): unknown {
  if (typeof loss !== 'object' || loss === null) return loss;
  const [first, ...others] = Object.values(loss) as unknown[];
  return others.length === 0 ? first : undefined;
}
