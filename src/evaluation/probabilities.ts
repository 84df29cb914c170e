import type { Classifier } from '../models/classifier';
import { checkOnlyOutput } from '../models/onlyOutput';
import { outputsAreLogits } from '../models/outputsAreLogits';
import type { tf } from '../tensorflow/tf';

type Answering = Pick<Classifier, 'model' | 'fromLogits'>;

/**
 * What a classifier says about pictures: its model's outputs, and of logits the sigmoid or softmax.
 *
 * @param xs `[n, height, width, 3]` as the model takes them
 * @throws Error when the model has several outputs
 * @returns probabilities `[n, 1]` or `[n, classes]`; the caller disposes them
 */
export function predictProbabilities(classifier: Answering, xs: tf.Tensor): tf.Tensor {
  checkOnlyOutput(classifier.model, 'Cannot predict');
  return asProbabilities(classifier, classifier.model.predict(xs) as tf.Tensor);
}

/** The same of outputs that are there; without logits they are returned as they are. */
export function asProbabilities(classifier: Answering, outputs: tf.Tensor): tf.Tensor {
  if (!outputsAreLogits(classifier)) return outputs;
  return outputs.shape.at(-1) === 1 ? outputs.sigmoid() : outputs.softmax();
}
