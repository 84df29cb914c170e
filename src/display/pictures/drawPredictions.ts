import { checkOptionNames } from '../../errors/checkOptionNames';
import { tf } from '../../tensorflow/tf';
import { showing } from '../svg/showSvg';
import { checkLabels } from './checkLabels';
import { predictionGrid } from './predictionGrid';
import { describePredictions, topProbabilities } from './topProbabilities';
import { checkedPictures, type Pictures, type PixelRange, withPictures } from './withPictures';

const ACTION = 'Cannot draw the predictions';
const MAX_PICTURES = 40;
/** What a network says about pictures, and how it is drawn. */
export interface DrawPredictionsOptions {
  /**
   * For each picture the probabilities of its classes, as `predictPicture` gives them; or the tensor that a model gave:
   * `[n, classes]` (softmax), or `[n, 1]`, those of the second class (sigmoid). It stays the caller's.
   */
  probabilities: tf.Tensor | readonly (readonly number[])[];
  /** The classes, in the order of the probabilities. */
  classNames: readonly string[];
  /** The index of each picture's true class; a frame and a sign then distinguish right from wrong. Default: unknown. */
  labels?: readonly number[];
  /** The values that stand for black and full colour in a batch. A batch needs it, files have no use for it. */
  range?: PixelRange;
}

/**
 * Draws pictures, and beside each of them how probable the model thinks the classes: a bar for each of the three most
 * probable, and for the true one.
 *
 * @param pictures a batch `[n, h, w, channels]`, which stays the caller's, or paths, as for `drawPictures`; 1 to 40 pictures
 * @param options probabilities, class names, labels and range
 * @returns a self-contained SVG document, at most 200 kB in a notebook
 * @throws {RangeError} when there are no pictures or too many, when probabilities, labels and pictures are not equally
 *   many, or a label stands for no class; TypeError for another shape or a missing range; Error when they are no probabilities or
 *   a file is unreadable
 *
 * @example
 * const probabilities = model.predict(batch.xs.div(255)) as tf.Tensor;
 * const svg = await drawPredictions(batch.xs, { probabilities, classNames, range: [0, 255] });
 */
export async function drawPredictions(
  pictures: Pictures,
  options: DrawPredictionsOptions,
): Promise<string> {
  checkOptionNames(ACTION, options, {
    probabilities: true,
    classNames: true,
    labels: true,
    range: true,
  });
  const { probabilities, classNames, labels, range } = options;
  const count = checkedPictures(pictures, range, MAX_PICTURES, ACTION);
  const rows = await rowsOf(probabilities, count);
  checkLabels(labels, classNames, count, ACTION);
  const answers = rows.map((row, i) => topProbabilities(row, classNames, labels?.[i]));
  return withPictures(pictures, range, (stored) =>
    predictionGrid(stored, answers, describePredictions(answers)),
  );
}

/**
 * Shows pictures with bars of their classes' probabilities under the running notebook cell, stored in the notebook with
 * an alternative text.
 *
 * @param pictures as for {@link drawPredictions}
 * @param options as for {@link drawPredictions}
 * @throws what {@link drawPredictions} throws, and Error outside a notebook
 *
 * @example
 * await showPredictions(batch.xs, { probabilities, classNames, labels, range: [0, 255] });
 */
export const showPredictions = showing(drawPredictions);

async function rowsOf(
  given: DrawPredictionsOptions['probabilities'],
  count: number,
): Promise<number[][]> {
  const rows =
    given instanceof tf.Tensor
      ? ((await (given.rank === 2 ? given.array() : [])) as number[][])
      : given.map((row) => [...row]);
  if (rows.length === count) return rows;
  const got = given instanceof tf.Tensor ? `[${given.shape.join(', ')}]` : rows.length;
  throw new RangeError(
    `${ACTION}: the probabilities for each of the ${count} are required, [${count}, classes] or [${count}, 1], got ${got}`,
  );
}
