import { tf } from '../../tensorflow/tf';
import { describeLabels } from './describeLabels';
import { pictureGrid, type GridCell } from './pictureGrid';
import { picturesOfBatch } from './picturesOfBatch';
import { pictureUri } from './pictureUri';
import { readPicture } from './readPicture';

const DEFAULT_COLUMNS = 5;
const MAX_PICTURES = 100; // 0.7 MB in the notebook

/** How a picture grid is drawn. */
export interface DrawImagesOptions {
  /** Text under each picture, as many as pictures; a line break in it stays. Default: none. */
  labels?: readonly string[];
  /** Pictures in a row. Default: 5. */
  columns?: number;
  /** The values that stand for black and full colour in a batch. A batch needs it, files have no use for it. */
  range?: readonly [0, 255] | readonly [0, 1];
}

/**
 * Draws pictures in a grid on a white card, each in its own proportions with its label underneath.
 *
 * The text is left to the reader's browser: drawn here, it would become empty boxes on a server without fonts.
 *
 * @param images a batch `[n, h, w, 3]` with values as `range` says, which stays the caller's; or paths of JPEG, PNG,
 *   GIF, WebP or BMP files of any size, drawn as the loader reads them: transparency dropped, EXIF orientation ignored.
 *   1 to 100 pictures
 * @param options labels, columns and range
 * @returns a self-contained SVG document; 20 pictures of 150 × 150 take about 100 kB
 * @throws {RangeError} when there are no pictures or too many, when labels and pictures are not equally many, or when a
 *   value lies outside the range; TypeError for another shape or a missing range; Error naming a file that is unreadable
 *
 * @example
 * const svg = await drawImages(batch.xs, { labels: ['happy', 'sad'], range: [0, 255] });
 * await fs.promises.writeFile('grid.svg', svg);
 */
export async function drawImages(
  images: tf.Tensor | readonly string[],
  options: DrawImagesOptions = {},
): Promise<string> {
  const { labels, columns = DEFAULT_COLUMNS, range } = options;
  const count = checkedCount(images, options);
  const pictures = isBatch(images)
    ? await picturesOfBatch(images as tf.Tensor4D, range ?? [0, 255])
    : images;
  const cells: GridCell[] = [];
  // One after the other, so that only one large photograph is in memory at a time.
  for (const [i, source] of pictures.entries()) {
    const picture = typeof source === 'string' ? await readPicture(source) : source;
    const aspect = picture.width / picture.height;
    cells.push({ uri: await pictureUri(picture), aspect, label: labels?.[i] ?? '' });
  }
  return pictureGrid(cells, Math.min(columns, count), describeLabels(count, labels));
}

function isBatch(images: tf.Tensor | readonly string[]): images is tf.Tensor {
  return images instanceof tf.Tensor;
}

function checkedCount(
  images: tf.Tensor | readonly string[],
  { labels, columns = DEFAULT_COLUMNS, range }: DrawImagesOptions,
): number {
  if (isBatch(images)) {
    const [, height = 0, width = 0, channels] = images.shape as number[];
    if (images.rank !== 4 || height < 1 || width < 1 || channels !== 3) {
      throw new TypeError(
        `Cannot draw the pictures: a batch must have the shape [n, h, w, 3], got [${images.shape.join(', ')}]`,
      );
    }
    if (range?.[0] !== 0 || (range[1] !== 255 && range[1] !== 1)) {
      throw new TypeError(
        `Cannot draw the pictures: a batch needs the option range, [0, 255] or [0, 1], got ${JSON.stringify(range)}`,
      );
    }
  } else if (!Array.isArray(images)) {
    throw new TypeError(
      `Cannot draw the pictures: they must be a batch or an array of paths, got ${typeof images}`,
    );
  }
  const count = isBatch(images) ? images.shape[0] : images.length;
  if (count < 1 || count > MAX_PICTURES) {
    throw new RangeError(
      `Cannot draw the pictures: a grid holds 1 to ${MAX_PICTURES}, got ${count}`,
    );
  }
  if (labels !== undefined && labels.length !== count) {
    throw new RangeError(
      `Cannot draw the pictures: each of the ${count} needs one label, got ${labels.length} labels`,
    );
  }
  if (!Number.isInteger(columns) || columns < 1) {
    throw new RangeError(
      `Cannot draw the pictures: columns must be a whole number from 1 on, got ${columns}`,
    );
  }
  return count;
}
