import { listed } from '../errors/listed';
import { type Calibration, calibrationOf } from './calibration';
import { type ClassResult, classResults } from './classResults';
import { classScores } from './classScores';
import { confusionMatrix } from './confusionMatrix';
import { predictedIndex } from './probabilitiesOf';
import { areaUnderRoc } from './rocAuc';
import { wilsonInterval } from './wilsonInterval';

/** How well a model does on pictures. */
export interface Evaluation extends Calibration {
  /** In the order of the rows of `confusionMatrix`. */
  classNames: string[];
  /** How many pictures there were. */
  count: number;
  /** Mean over the pictures; `evaluateClassifier` adds the penalties of the model's regularizers. */
  loss: number;
  /** The part of the pictures that is classified right, in 0–1. */
  accuracy: number;
  /** Where the accuracy on all pictures of this kind lies, with 95 % confidence, if none of these was in the training; see `wilsonInterval`. */
  accuracyInterval: [low: number, high: number];
  /** Of the second class of two; with more classes, the mean over them. So are recall, f1 and rocAuc. */
  precision: number;
  recall: number;
  f1: number;
  /** The area under the ROC curve, of each class against the others; NaN where a class has no picture. */
  rocAuc: number;
  /** The part of the pictures whose true class is one of the two most probable ones, as Keras' `TopKCategoricalAccuracy(k=2)`; 1 with two classes. */
  topTwoAccuracy: number;
  /** Precision, recall and F1 of each class, in the order of `classNames`. */
  classes: ClassResult[];
  /** A row for each true class, in it a column for each class that it was taken for. */
  confusionMatrix: number[][];
}

/** What a model has given for one picture. */
export interface MeasuredPicture {
  /** Index of its true class. */
  label: number;
  /** One number (sigmoid), or one for each class (softmax). */
  outputs: readonly number[];
  loss: number;
}

/**
 * Sums up what a model has given for pictures.
 *
 * @param answers at least one
 * @throws {RangeError} when there is none, a label stands for no class, or a class has no name
 * @example
 * summarize([{ label: 1, outputs: [0.9], loss: 0.105 }], ['happy', 'sad']).accuracy; // 1
 */
export function summarize(
  answers: readonly MeasuredPicture[],
  classNames: readonly string[],
): Evaluation {
  const [first] = answers;
  if (!first) throw new RangeError('Cannot evaluate the model: a picture is required, got none');
  const classes = Math.max(2, first.outputs.length);
  if (classNames.length !== classes) {
    throw new RangeError(
      `Cannot evaluate the model: a name for each of its ${classes} classes is required, got ${listed(classNames)}`,
    );
  }
  const labels = answers.map(({ label }) => label);
  const matrix = confusionMatrix(
    labels,
    answers.map(({ outputs }) => predictedIndex(outputs)),
    classes,
  );
  const count = answers.length;
  const ofClasses = classResults(matrix, classNames);
  const right = matrix.reduce((sum, row, k) => sum + row[k]!, 0);
  return {
    classNames: [...classNames],
    count,
    loss: answers.reduce((sum, { loss }) => sum + loss, 0) / count,
    accuracy: right / count,
    accuracyInterval: wilsonInterval(right, count),
    ...classScores(ofClasses),
    rocAuc: meanAuc(answers, classes),
    topTwoAccuracy: answers.filter(isInTopTwo).length / count,
    ...calibrationOf(answers),
    classes: ofClasses,
    confusionMatrix: matrix,
  };
}

/** Whether at most one class is more probable than the true one. */
function isInTopTwo({ label, outputs }: MeasuredPicture): boolean {
  return outputs.filter((output) => output > outputs[label]!).length < 2;
}

function meanAuc(answers: readonly MeasuredPicture[], classes: number): number {
  const indices = classes === 2 ? [1] : Array.from({ length: classes }, (_, k) => k);
  const areas = indices.map((k) =>
    areaUnderRoc(
      answers.length,
      (i) => answers[i]!.label === k,
      (i) => answers[i]!.outputs[answers[i]!.outputs.length === 1 ? 0 : k]!,
    ),
  );
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}
