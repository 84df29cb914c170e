import type { Classifier } from '../models/classifier';
import { checkOnlyOutput } from '../models/checkOnlyOutput';
import { predictionBatch } from '../models/predictionBatch';
import { outputMeaning, whyUnknown } from '../models/outputMeaning';
import { byMeaning } from './byMeaning';
import { warnOnce } from '../tensorflow/native/warnOnce';
import type { tf } from '../tensorflow/tf';

type Answering = Pick<Classifier, 'model' | 'fromLogits'>;

/**
 * What a classifier says about pictures: its model's outputs, of logits the sigmoid or softmax, and of what lies between -1
 * and 1 what lies as far between 0 and 1.
 *
 * @param xs `[n, height, width, channels]` as the model takes them
 * @returns probabilities `[n, 1]` or `[n, classes]`; the caller disposes them
 * @throws {Error} when the model has several outputs, or those from which no class can be read
 */
export function predictProbabilities(classifier: Answering, xs: tf.Tensor): tf.Tensor {
  checkOnlyOutput(classifier.model, 'Cannot predict');
  const { model } = classifier;
  const outputs = model.predict(xs, { batchSize: predictionBatch(model) });
  return asProbabilities(classifier, outputs as tf.Tensor);
}

/** The same of outputs that are there; probabilities are returned as they are. */
export function asProbabilities(classifier: Answering, outputs: tf.Tensor): tf.Tensor {
  const meaning = outputMeaning(classifier);
  if (meaning === 'unknown') {
    throw new Error(`Cannot classify pictures: ${whyUnknown(classifier.model)}`);
  }
  if (meaning === 'clipped') {
    const { name } = classifier.model;
    warnOnce(
      `The model ${JSON.stringify(name)} ends without sigmoid or softmax, and its loss takes probabilities: ` +
        'what it gives below 0 counts as 0, and above 1 as 1, as in the loss. Build it with a sigmoid or softmax at its end.',
    );
  }
  return byMeaning(meaning, outputs);
}
