import path from 'node:path';

import type { PictureAnswer, PicturesEvaluation } from '../../evaluation/evaluatePictures';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { showSvg } from '../svg/showSvg';
import { describeCaptions } from './describeCaptions';
import { percent } from './percent';
import { pictureGrid } from './pictureGrid';
import { withPictures } from './withPictures';

/** Two rows: the worst show the most. */
const DEFAULT_MOST = 8;
const MAX_PICTURES = 100;
const COLUMNS = 4;
const BOX = 150; // CSS pixels; room for a file's name

/** Which answers are drawn. */
export interface TopLossesOptions {
  /** How many at most, 1 to 100. Default: 8. */
  most?: number;
  /** Leaves out the right answers of which the network was unsure. Default: false. */
  wrongOnly?: boolean;
}

/**
 * Draws the pictures with the greatest loss in a grid: those that the network is surest to mistake come first, then those
 * about which it is unsure, also where its answer is right. Under each stand its answer and how probable the network
 * thinks it, the true class, the loss, and the file's name.
 *
 * Wrong labels and damaged pictures gather here (as in fastai's `plot_top_losses`).
 *
 * @param evaluation as `evaluatePictures` gives it
 * @param options how many, and whether only wrong answers
 * @returns a self-contained SVG document, at most 200 kB in a notebook; undefined when there is no such answer
 * @throws {Error} when a file has gone since; RangeError when `most` is no such number
 *
 * @example
 * const svg = await drawTopLosses(await evaluatePictures(classifier, split.test));
 */
export async function drawTopLosses(
  evaluation: Pick<PicturesEvaluation, 'answers'>,
  options: TopLossesOptions = {},
): Promise<string | undefined> {
  checkOptionNames('Cannot draw the top losses', options, { most: true, wrongOnly: true });
  const { most = DEFAULT_MOST } = options;
  if (!Number.isInteger(most) || most < 1 || most > MAX_PICTURES) {
    throw new RangeError(
      `Cannot draw the top losses: most must be a whole number from 1 to ${MAX_PICTURES}, got ${most}`,
    );
  }
  const worst = worstFirst(evaluation, options).slice(0, most);
  if (worst.length === 0) return undefined;
  const cells = worst.map(captionOf);
  const title = describeCaptions(
    worst.length,
    cells.map(({ description }) => description),
  );
  return withPictures(
    worst.map((answer) => answer.path),
    undefined,
    (stored) =>
      pictureGrid(
        stored.map((picture, i) => ({ ...picture, ...cells[i]! })),
        Math.min(COLUMNS, worst.length),
        `${title}; the greatest loss first`,
        BOX,
      ),
  );
}

/**
 * Shows the pictures with the greatest loss under the running notebook cell, stored in the notebook with an alternative
 * text. Where there are none it shows nothing.
 *
 * @param evaluation as for {@link drawTopLosses}
 * @param options as for {@link drawTopLosses}
 * @returns how many were shown, and how many there are
 * @throws what {@link drawTopLosses} throws, and Error outside a notebook
 *
 * @example
 * await showTopLosses(await evaluatePictures(classifier, split.test), { wrongOnly: true }); // { shown: 8, of: 11 }
 */
export async function showTopLosses(
  evaluation: Pick<PicturesEvaluation, 'answers'>,
  options: TopLossesOptions = {},
): Promise<{ shown: number; of: number }> {
  const svg = await drawTopLosses(evaluation, options);
  if (svg !== undefined) await showSvg(svg, drawTopLosses);
  const of = worstFirst(evaluation, options).length;
  return { shown: Math.min(of, options.most ?? DEFAULT_MOST), of };
}

function worstFirst(
  { answers }: Pick<PicturesEvaluation, 'answers'>,
  { wrongOnly = false }: TopLossesOptions,
): PictureAnswer[] {
  return answers
    .filter(({ trueClass, predictedClass }) => !wrongOnly || trueClass !== predictedClass)
    .sort((a, b) => b.loss - a.loss);
}

function captionOf({ path: file, trueClass, predictedClass, probability, loss }: PictureAnswer) {
  const isRight = trueClass === predictedClass;
  const [sure, name] = [percent(probability), path.basename(file)];
  return {
    isRight,
    caption: [predictedClass, sure, `true: ${trueClass}`, `loss ${loss.toFixed(2)}`, name].join(
      '\n',
    ),
    description: `${name} ${predictedClass} ${sure}, ${isRight ? 'right' : `wrong: ${trueClass}`}, loss ${loss.toFixed(2)}`,
  };
}
