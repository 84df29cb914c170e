import { checkOptionNames } from '../../errors/checkOptionNames';
import { describeLabels } from './describeLabels';
import { pictureGrid } from './pictureGrid';
import { checkedPictures, type Pictures, type PixelRange, withPictures } from './withPictures';

const DEFAULT_COLUMNS = 5;
const MAX_PICTURES = 100;
const ACTION = 'Cannot draw the pictures';

/** How a picture grid is drawn. */
export interface DrawImagesOptions {
  /** Text under each picture, as many as pictures; a line break in it stays. Default: none. */
  labels?: readonly string[];
  /**
   * Classes that a network takes the pictures for, as many as pictures; the labels are then their true classes. A frame
   * and a sign in each picture's corner tell right from wrong. Default: none.
   */
  predictions?: readonly string[];
  /** Pictures in a row. Default: 5. */
  columns?: number;
  /** The values that stand for black and full colour in a batch. A batch needs it, files have no use for it. */
  range?: PixelRange;
}

/**
 * Draws pictures in a grid on a white card, each in its own proportions with its label underneath.
 *
 * The text is left to the reader's browser: drawn here, it would become empty boxes on a server without fonts.
 *
 * @param images a batch `[n, h, w, 3]` with values as `range` says, which stays the caller's; or paths of JPEG, PNG,
 *   GIF, WebP or BMP files of any size, drawn as the loader reads them: transparency dropped, EXIF orientation ignored.
 *   1 to 100 pictures
 * @param options labels, predictions, columns and range
 * @returns a self-contained SVG document; 20 pictures of 150 × 150 take about 100 kB, and any at most 150 kB, 200 kB in
 *   a notebook
 * @throws {RangeError} when there are no pictures or too many, when labels, predictions and pictures are not equally many,
 *   or when a value lies outside the range; TypeError for another shape, a missing range, or predictions without labels;
 *   Error naming a file that is unreadable
 *
 * @example
 * const svg = await drawImages(batch.xs, { labels: ['happy', 'sad'], range: [0, 255] });
 * await fs.promises.writeFile('grid.svg', svg);
 */
export async function drawImages(
  images: Pictures,
  options: DrawImagesOptions = {},
): Promise<string> {
  checkOptionNames('Cannot draw the pictures', options, {
    labels: true,
    predictions: true,
    columns: true,
    range: true,
  });
  const { labels, predictions, columns = DEFAULT_COLUMNS, range } = options;
  const count = checkedCount(images, options);
  const captions = labels?.map((label, i) => captionOf(label, predictions?.[i]));
  const title = predictions
    ? describeAnswers(labels ?? [], predictions)
    : describeLabels(count, labels);
  return withPictures(images, range, (stored) =>
    pictureGrid(
      stored.map((picture, i) => ({ ...picture, label: '', ...captions?.[i] })),
      Math.min(columns, count),
      title,
    ),
  );
}

function captionOf(label: string, prediction?: string): { label: string; isRight?: boolean } {
  if (prediction === undefined) return { label };
  const isRight = prediction === label;
  return { label: isRight ? label : `${prediction}\ntrue: ${label}`, isRight };
}

function describeAnswers(labels: readonly string[], predictions: readonly string[]): string {
  const right = labels.filter((label, i) => label === predictions[i]).length;
  const told = labels.map((label, i) =>
    label === predictions[i] ? `${label}, right` : `${label} taken for ${predictions[i]}`,
  );
  return `${describeLabels(labels.length, told)}; ${right} of ${labels.length} right`;
}

function checkedCount(
  images: Pictures,
  { labels, predictions, columns = DEFAULT_COLUMNS, range }: DrawImagesOptions,
): number {
  const count = checkedPictures(images, range, MAX_PICTURES, ACTION);
  if (predictions !== undefined && labels === undefined) {
    throw new TypeError(
      `${ACTION}: predictions are compared with the true classes, give these as labels`,
    );
  }
  for (const [kind, given] of Object.entries({ label: labels, prediction: predictions })) {
    if (given === undefined || given.length === count) continue;
    throw new RangeError(
      `${ACTION}: each of the ${count} needs one ${kind}, got ${given.length} ${kind}s`,
    );
  }
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(`${ACTION}: columns must be a whole number from 1 on, got ${columns}`);
  }
  return count;
}
