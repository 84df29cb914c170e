import { loadImage } from '../images/datasets/loadImage';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import { predictProbabilities } from './predictProbabilities';
import { predictedIndex, probabilitiesOf } from './probabilitiesOf';

/** What a classifier says about one picture. */
export interface Prediction {
  /** The name of the class that it is taken for. */
  predictedClass: string;
  /** The probability that the model gives to `predictedClass`, in 0–1. */
  probability: number;
  /** One a class, in the order of `classNames`: of a network with one output (sigmoid) p they are 1 − p and p. */
  probabilities: number[];
}

/**
 * Classifies one picture: loads it as training pictures are loaded, resizes and rescales it as the classifier needs.
 *
 * With one output (sigmoid) more than 0.5 means the second class, as in Keras' accuracy; with several (softmax) the
 * most probable one wins. Of logits the sigmoid or softmax is taken first. Leaves no tensors behind. As fast.ai's
 * `Learner.predict`; Keras' `Model.predict` takes pictures that are loaded and rescaled, as the model's own `predict` does here.
 *
 * @param classifier a model with its class names and input
 * @param picture a file's path, an address of this machine (`http://localhost:8000/me.jpg`), or the encoded picture itself;
 * for a folder there is `predictFolder`
 * @throws {Error} when the picture cannot be read, or the model gives no probabilities
 * @example
 * const { predictedClass, probability } = await predictPicture(classifier, 'me.jpg');
 */
export async function predictPicture(
  classifier: Classifier,
  picture: string | Uint8Array,
): Promise<Prediction> {
  checkClassifier(classifier, 'Cannot predict');
  const { classNames, input } = classifier;
  const pixels = await loadImage(picture, resizingOf(classifier)); // [height, width, channels]
  const output = tf.tidy(() => {
    const batch = toInput(pixels, input.rescale).expandDims(0); // [1, height, width, channels]
    pixels.dispose();
    return predictProbabilities(classifier, batch); // [1, 1] or [1, classes]
  });
  const outputs = Array.from(await output.data().finally(() => output.dispose()));
  return predictionFrom(outputs, classNames);
}

/** What a model's output for one picture says. @throws {Error} when it gives no probabilities */
export function predictionFrom(
  outputs: readonly number[],
  classNames: readonly string[],
): Prediction {
  const index = predictedIndex(outputs);
  const probabilities = probabilitiesOf(outputs, classNames.length);
  return {
    predictedClass: classNames[index]!,
    probability: probabilities[index]!,
    probabilities,
  };
}
