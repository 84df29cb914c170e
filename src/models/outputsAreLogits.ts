import { activationAtEnd } from '../tensorflow/objective/activationAtEnd';
import { takesLogits } from '../tensorflow/objective/fromLogits';
import type { Classifier } from './classifier';

/**
 * Whether a classifier's model gives logits, from which sigmoid (one output) or softmax (several) makes probabilities.
 *
 * A sigmoid or softmax at its end gives probabilities, whatever else is said, as in Keras. Otherwise the classifier tells, or
 * the loss that its model was compiled with. Where neither does, a last layer without activation gives logits.
 */
export function outputsAreLogits({
  model,
  fromLogits,
}: Pick<Classifier, 'model' | 'fromLogits'>): boolean {
  const end = activationAtEnd(model);
  if (end === 'sigmoid' || end === 'softmax') return false;
  const compiled = takesLogits(onlyLoss(model.loss));
  return fromLogits ?? compiled ?? end === 'linear';
}

function onlyLoss(loss: unknown): unknown {
  if (typeof loss !== 'object' || loss === null) return loss;
  const [first, ...others] = Object.values(loss) as unknown[];
  return others.length === 0 ? first : undefined;
}
