import { checkOptionNames } from '../../errors/checkOptionNames';
import { listed } from '../../errors/listed';
import { tf } from '../../tensorflow/tf';
import { showSvg } from '../svg/showSvg';
import { predictionGrid } from './predictionGrid';
import { describePredictions, topProbabilities } from './topProbabilities';
import { checkedPictures, type Pictures, type PixelRange, withPictures } from './withPictures';

const ACTION = 'Cannot draw the predictions';
const MAX_PICTURES = 40;
/** What a network says about pictures, and how it is drawn. */
export interface DrawPredictionsOptions {
  /**
   * What the model gave for the pictures: `[n, 1]`, the probability of the second class (sigmoid), or `[n, classes]`
   * (softmax). A tensor stays the caller's.
   */
  outputs: tf.Tensor | readonly (readonly number[])[];
  /** The classes, in the order of the model's output. */
  classNames: readonly string[];
  /** The true class of each picture; a frame and a sign then tell right from wrong. Default: unknown. */
  labels?: readonly string[];
  /** The values that stand for black and full colour in a batch. A batch needs it, files have no use for it. */
  range?: PixelRange;
}

/**
 * Draws pictures, and beside each of them how probable the model thinks the classes: a bar for each of the three most
 * probable, and for the true one.
 *
 * @param images a batch `[n, h, w, 3]`, which stays the caller's, or paths, as for `drawImages`; 1 to 40 pictures
 * @param options outputs, class names, labels and range
 * @returns a self-contained SVG document, at most 200 kB in a notebook
 * @throws {RangeError} when there are no pictures or too many, when outputs, labels and pictures are not equally many, or
 *   a label is no class; TypeError for another shape or a missing range; Error when the outputs are no probabilities or a
 *   file is unreadable
 *
 * @example
 * const outputs = model.predict(batch.xs.div(255)) as tf.Tensor;
 * const svg = await drawPredictions(batch.xs, { outputs, classNames, range: [0, 255] });
 */
export async function drawPredictions(
  images: Pictures,
  options: DrawPredictionsOptions,
): Promise<string> {
  checkOptionNames(ACTION, options, {
    outputs: true,
    classNames: true,
    labels: true,
    range: true,
  });
  const { outputs, classNames, labels, range } = options;
  const count = checkedPictures(images, range, MAX_PICTURES, ACTION);
  const rows = await rowsOf(outputs, count);
  checkLabels(labels, classNames, count);
  const answers = rows.map((row, i) => topProbabilities(row, classNames, labels?.[i]));
  return withPictures(images, range, (stored) =>
    predictionGrid(stored, answers, describePredictions(answers)),
  );
}

/**
 * Shows pictures with bars of their classes' probabilities under the running notebook cell, stored in the notebook with
 * an alternative text.
 *
 * @param images as for {@link drawPredictions}
 * @param options as for {@link drawPredictions}
 * @throws what {@link drawPredictions} throws, and Error outside a notebook
 *
 * @example
 * await showPredictions(batch.xs, { outputs, classNames, labels, range: [0, 255] });
 */
export async function showPredictions(
  images: Pictures,
  options: DrawPredictionsOptions,
): Promise<void> {
  const svg = await drawPredictions(images, options);
  await showSvg(svg, { show: 'showPredictions', draw: 'drawPredictions' });
}

async function rowsOf(
  outputs: DrawPredictionsOptions['outputs'],
  count: number,
): Promise<number[][]> {
  const rows =
    outputs instanceof tf.Tensor
      ? ((await (outputs.rank === 2 ? outputs.array() : [])) as number[][])
      : outputs.map((row) => [...row]);
  if (rows.length === count) return rows;
  const got = outputs instanceof tf.Tensor ? `[${outputs.shape.join(', ')}]` : rows.length;
  throw new RangeError(
    `${ACTION}: the model's outputs for each of the ${count} are required, [${count}, 1] or [${count}, classes], got ${got}`,
  );
}

function checkLabels(
  labels: readonly string[] | undefined,
  classNames: readonly string[],
  count: number,
): void {
  if (labels === undefined) return;
  if (labels.length !== count) {
    throw new RangeError(
      `${ACTION}: each of the ${count} needs one label, got ${labels.length} labels`,
    );
  }
  const unknown = labels.find((label) => !classNames.includes(label));
  if (unknown === undefined) return;
  throw new RangeError(
    `${ACTION}: a label must be one of the classes, ${listed(classNames)}, got ${JSON.stringify(unknown)}`,
  );
}
