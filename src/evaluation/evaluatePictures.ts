import { checkOptionNames } from '../errors/checkOptionNames';
import { imageDatasetFromFiles } from '../images/datasets/imageDatasetFromFiles';
import type { LabelledPicture } from '../images/formats/listPictures';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { tf } from '../tensorflow/tf';
import { type Answer, type Evaluation, summarize } from './evaluation';
import { forEachBatch } from './forEachBatch';
import { predictProbabilities } from './probabilities';
import { predictedClass, probabilitiesOf } from './readOutputs';

/** A picture that was taken for another class. */
export interface Mistake {
  path: string;
  /** Its true class, and the one that it was taken for. */
  className: string;
  predicted: string;
  /** The probability that the model gave to `predicted`, in 0–1. */
  probability: number;
  /** −ln of the probability that the model gave to the true class: the surer of the wrong one, the higher. */
  loss: number;
}

/** What a classifier says about one file. */
export interface PictureAnswer {
  path: string;
  /** Places in `classNames`: of its true class, and of the one that it was taken for. */
  label: number;
  predicted: number;
  /** The probability that the model gave to `predicted`, in 0–1. */
  probability: number;
  /** −ln of the probability that the model gave to the true class. */
  loss: number;
}

/** How well a classifier does on files. */
export interface PicturesEvaluation extends Evaluation {
  classNames: string[];
  /** One a picture, in the order in which they were given. */
  answers: PictureAnswer[];
  /** All of them, the worst first: that with the highest loss. */
  mistakes: Mistake[];
}

/** Keras keeps probabilities so far from 0, so that no loss is infinite (`keras.config.epsilon()`). */
const EPSILON = 1e-7;

/**
 * Measures a classifier on picture files, such as the test part of a split, and tells which of them it mistakes.
 *
 * The pictures are loaded, resized and rescaled as the classifier needs. The loss is the cross-entropy, whatever the model
 * was compiled with; it need not be compiled. fast.ai's is `ClassificationInterpretation`; Keras has none.
 *
 * @param classifier stays the caller's to dispose
 * @param pictures files, and labels that are places in the classifier's `classNames`; at least one
 * @param options.onProgress called after each batch with the pictures that are done and all
 * @throws {UnreadablePicture} when a picture cannot be read; Error when the model gives no probabilities; TypeError or
 * RangeError when there is no picture, or a label stands for no class
 * @example
 * const { test } = await splitPictures('data/emotions', { seed: 1 });
 * const { accuracy, mistakes } = await evaluatePictures(classifier, test);
 */
export async function evaluatePictures(
  classifier: Classifier,
  pictures: readonly LabelledPicture[],
  options: { onProgress?: (done: number, all: number) => void } = {},
): Promise<PicturesEvaluation> {
  checkOptionNames('Cannot evaluate the model', options, { onProgress: true });
  const { onProgress = () => {} } = options;
  const { classNames, scale } = classifier;
  const batches = await imageDatasetFromFiles(pictures, {
    ...resizingOf(classifier),
    classNames,
    shuffle: false,
    cache: { memory: 0, disk: 0 }, // each is seen once
  });
  const answers: Answer[] = [];
  const told: PictureAnswer[] = [];
  const mistakes: Mistake[] = [];
  await forEachBatch(batches, async ({ xs }) => {
    const outputs = tf.tidy(() => predictProbabilities(classifier, xs.mul(scale))); // [n, 1] or [n, classes]
    const values = await outputs.data().finally(() => outputs.dispose());
    const width = values.length / xs.shape[0];
    for (let start = 0; start < values.length; start += width) {
      add(Array.from(values.slice(start, start + width)));
    }
    onProgress(answers.length, pictures.length);
  });
  mistakes.sort((a, b) => b.loss - a.loss);
  return { ...summarize(answers), classNames: [...classNames], answers: told, mistakes };

  function add(outputs: number[]): void {
    const { path, label } = pictures[answers.length]!;
    const probabilities = probabilitiesOf(outputs, classNames.length);
    const loss = -Math.log(Math.min(Math.max(probabilities[label]!, EPSILON), 1 - EPSILON));
    answers.push({ label, outputs, loss });
    const predicted = predictedClass(outputs);
    told.push({ path, label, predicted, probability: probabilities[predicted]!, loss });
    if (predicted === label) return;
    mistakes.push({
      path,
      className: classNames[label]!,
      predicted: classNames[predicted]!,
      probability: probabilities[predicted]!,
      loss,
    });
  }
}
