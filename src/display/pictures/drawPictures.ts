import { checkOptionNames } from '../../errors/checkOptionNames';
import { showing } from '../svg/showSvg';
import { describeCaptions } from './describeCaptions';
import { pictureGrid } from './pictureGrid';
import { checkedPictures, type Pictures, type PixelRange, withPictures } from './withPictures';

const DEFAULT_COLUMNS = 5;
const MAX_PICTURES = 100;
const ACTION = 'Cannot draw the pictures';

/** How a picture grid is drawn. */
export interface DrawPicturesOptions {
  /** Text under each picture, as many as pictures; a line break in it stays. Default: none. */
  captions?: readonly string[];
  /**
   * The true class of each picture and the class that a network takes it for, instead of captions: a frame and a sign in
   * each picture's corner distinguish right from wrong. Default: none.
   */
  trueClasses?: readonly string[];
  predictedClasses?: readonly string[];
  /** Pictures in a row. Default: 5. */
  columns?: number;
  /** The values that stand for black and full colour in a batch. A batch needs it, files have no use for it. */
  range?: PixelRange;
}

/**
 * Draws pictures in a grid on a white card, each in its own proportions with its caption underneath.
 *
 * The text is left to the reader's browser: drawn here, it would become empty boxes on a server without fonts.
 *
 * @param pictures a batch `[n, h, w, channels]` with values as `range` says, which stays the caller's; or paths of JPEG, PNG,
 *   GIF, WebP or BMP files of any size, drawn as the loader reads them: transparency dropped, EXIF orientation ignored.
 *   1 to 100 pictures
 * @param options captions, or true and predicted classes, columns and range
 * @returns a self-contained SVG document; 20 pictures of 150 × 150 take about 100 kB, and any at most 150 kB, 200 kB in
 *   a notebook
 * @throws {RangeError} when there are no pictures or too many, when captions, classes and pictures are not equally many,
 *   or when a value lies outside the range; TypeError for another shape, a missing range, or one of captions, true and predicted classes too many or
 *   too few;
 *   Error naming a file that is unreadable
 *
 * @example
 * const svg = await drawPictures(batch.xs, { captions: ['happy', 'sad'], range: [0, 255] });
 * await fs.promises.writeFile('grid.svg', svg);
 */
export async function drawPictures(
  pictures: Pictures,
  options: DrawPicturesOptions = {},
): Promise<string> {
  checkOptionNames(ACTION, options, {
    captions: true,
    trueClasses: true,
    predictedClasses: true,
    columns: true,
    range: true,
  });
  const { captions, trueClasses, predictedClasses, columns = DEFAULT_COLUMNS, range } = options;
  const count = checkedCount(pictures, options);
  const cells = predictedClasses
    ? predictedClasses.map((predicted, i) => verdictOf(trueClasses![i]!, predicted))
    : captions?.map((caption) => ({ caption }));
  const title = predictedClasses
    ? describeAnswers(trueClasses!, predictedClasses)
    : describeCaptions(count, captions);
  return withPictures(pictures, range, (stored) =>
    pictureGrid(
      stored.map((picture, i) => ({ ...picture, caption: '', ...cells?.[i] })),
      Math.min(columns, count),
      title,
    ),
  );
}

/**
 * Shows pictures in a grid under the running notebook cell, stored in the notebook with an alternative text.
 *
 * @param pictures a batch `[n, h, w, channels]`, which stays the caller's, or paths; as for {@link drawPictures}
 * @param options captions, or true and predicted classes, columns and range; as for {@link drawPictures}
 * @throws what {@link drawPictures} throws, and Error outside a notebook
 *
 * @example
 * await showPictures(dataset.filePaths.slice(0, 10), { captions });
 */
export const showPictures = showing(drawPictures);

function verdictOf(trueClass: string, predictedClass: string) {
  const isRight = predictedClass === trueClass;
  return { caption: isRight ? trueClass : `${predictedClass}\ntrue: ${trueClass}`, isRight };
}

function describeAnswers(trueClasses: readonly string[], predicted: readonly string[]): string {
  const right = trueClasses.filter((name, i) => name === predicted[i]).length;
  const descriptions = trueClasses.map((name, i) =>
    name === predicted[i] ? `${name}, right` : `${name} taken for ${predicted[i]}`,
  );
  return `${describeCaptions(descriptions.length, descriptions)}; ${right} of ${descriptions.length} right`;
}

function checkedCount(
  pictures: Pictures,
  { captions, trueClasses, predictedClasses, columns, range }: DrawPicturesOptions,
): number {
  const count = checkedPictures(pictures, range, MAX_PICTURES, ACTION);
  if ((trueClasses === undefined) !== (predictedClasses === undefined)) {
    throw new TypeError(`${ACTION}: trueClasses and predictedClasses are compared, give both`);
  }
  if (captions !== undefined && trueClasses !== undefined) {
    throw new TypeError(`${ACTION}: captions stand where the classes do, give one of them`);
  }
  const kinds = {
    caption: captions,
    'true class': trueClasses,
    'predicted class': predictedClasses,
  };
  for (const [kind, given] of Object.entries(kinds)) {
    if (given === undefined || given.length === count) continue;
    throw new RangeError(`${ACTION}: each of the ${count} needs one ${kind}, got ${given.length}`);
  }
  if (columns !== undefined && (!Number.isInteger(columns) || columns < 1)) {
    throw new RangeError(`${ACTION}: columns must be a whole number from 1 on, got ${columns}`);
  }
  return count;
}
