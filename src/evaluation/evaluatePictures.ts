import { checkOptionNames } from '../errors/checkOptionNames';
import { imageDatasetFromFiles } from '../images/datasets/imageDatasetFromFiles';
import type { LabelledPicture } from '../images/formats/listPictures';
import { checkClassifier } from '../models/checkClassifier';
import type { Classifier } from '../models/classifier';
import { resizingOf } from '../models/resizingOf';
import { toInput } from '../models/toInput';
import { tf } from '../tensorflow/tf';
import { type Evaluation, type MeasuredPicture, summarize } from './evaluation';
import { forEachBatch } from './forEachBatch';
import { labelledPictures } from './labelledPictures';
import type { FilePrediction } from './predictFolder';
import { predictionFrom } from './predictPicture';
import { predictProbabilities } from './predictProbabilities';
import { predictedIndex } from './probabilitiesOf';
import { rowsOf } from './rowsOf';

/** What a classifier says about one file whose class is known. */
export interface PictureAnswer extends FilePrediction {
  /** The index of its true class in `classNames`, and the name. */
  label: number;
  trueClass: string;
  /** −ln of the probability that the model gave to the true class: the surer of a wrong one, the higher. */
  loss: number;
}

/** How well a classifier does on files. */
export interface PicturesEvaluation extends Evaluation {
  /** One a picture, in the order in which they were given. */
  answers: PictureAnswer[];
  /** Those that are wrong, the worst first: that with the highest loss. */
  mistakes: PictureAnswer[];
}

/** Keras keeps probabilities so far from 0, so that no loss is infinite (`keras.config.epsilon()`). */
const EPSILON = 1e-7;

const ACTION = 'Cannot evaluate the model';

/**
 * Measures a classifier on picture files, such as the test part of a split, and lists which of them it mistakes.
 *
 * The pictures are loaded, resized and rescaled as the classifier needs. The loss is the cross-entropy, whatever the model
 * was compiled with; it need not be compiled. fast.ai's is `ClassificationInterpretation`; Keras has none.
 *
 * @param classifier stays the caller's to dispose
 * @param pictures a folder of class folders, named as the classifier's classes; or files, and labels that are indices in the
 * classifier's `classNames`; at least one
 * @param options.onProgress called after each batch with the pictures that are done and all
 * @throws {UnreadablePicture} when a picture cannot be read; Error when the model gives no probabilities, or the folder's
 * classes are others; TypeError or RangeError when it is no classifier, there is no picture, or a label stands for no class
 * @example
 * const { accuracy, mistakes } = await evaluatePictures(classifier, 'data/unseen-style');
 * const evaluation = await evaluatePictures(classifier, split.test);
 * evaluation.classes.map(({ name, recall }) => `${name} ${recall.toFixed(2)}`);
 * await showReliability(evaluation);
 */
export async function evaluatePictures(
  classifier: Classifier,
  pictures: string | readonly LabelledPicture[],
  options: { onProgress?: (done: number, all: number) => void } = {},
): Promise<PicturesEvaluation> {
  checkOptionNames(ACTION, options, { onProgress: true });
  checkClassifier(classifier, ACTION);
  const { onProgress = () => {} } = options;
  const { classNames, input } = classifier;
  const list =
    typeof pictures === 'string'
      ? (await labelledPictures(classifier, pictures)).pictures
      : pictures;
  const batches = await imageDatasetFromFiles(list, {
    ...resizingOf(classifier),
    classNames,
    shuffle: false,
    cache: { memory: 0, disk: 0 }, // each is seen once
  });
  const measured: MeasuredPicture[] = [];
  const answers: PictureAnswer[] = [];
  const mistakes: PictureAnswer[] = [];
  await forEachBatch(batches, async ({ xs }) => {
    const outputs = tf.tidy(
      () => predictProbabilities(classifier, toInput(xs, input.rescale)), // [n, 1] or [n, classes]
    );
    (await rowsOf(outputs)).forEach(add);
    onProgress(answers.length, list.length);
  });
  mistakes.sort((a, b) => b.loss - a.loss);
  return { ...summarize(measured, classNames), answers, mistakes };

  function add(outputs: number[]): void {
    const { path, label } = list[answers.length]!;
    const prediction = predictionFrom(outputs, classNames);
    const { probabilities } = prediction;
    const loss = -Math.log(Math.min(Math.max(probabilities[label]!, EPSILON), 1 - EPSILON));
    measured.push({ label, outputs: probabilities, loss });
    const answer = { path, label, trueClass: classNames[label]!, ...prediction, loss };
    answers.push(answer);
    if (predictedIndex(probabilities) !== label) mistakes.push(answer);
  }
}
