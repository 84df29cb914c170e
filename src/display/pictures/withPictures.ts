import { colorModeOf } from '../../images/formats/colorMode';
import { tf } from '../../tensorflow/tf';
import { picturesOfBatch } from './picturesOfBatch';
import { type Encoding, pictureUri } from './encodePicture';
import { shrunkPicture, STORINGS } from './shrunkPicture';
import { readPicture, type RgbPicture } from './readPicture';

/** Bytes of a picture in a notebook: forty of them are still a notebook that a code host shows. */
const MOST_BYTES = 200_000;

/** A picture that is stored inside a document. */
export interface StoredPicture {
  /** The picture as a `data:` URI. */
  uri: string;
  /** Its width divided by its height. */
  aspect: number;
}

/** A batch `[n, h, w, channels]` of 1, 3 or 4 channels, or the paths of files. */
export type Pictures = tf.Tensor | readonly string[];

/** The values that stand for black and full colour in a batch. */
export type PixelRange = readonly [0, 255] | readonly [0, 1];

/**
 * Checks pictures that shall be drawn.
 *
 * @param pictures a batch, or the paths of files
 * @param range of the batch; files have no use for it
 * @param most how many fit
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @returns how many there are, at least one
 * @throws {RangeError} when there are none or too many; TypeError for another shape, a missing range or something else
 *
 * @example
 * checkedPictures(['a.png', 'b.png'], undefined, 100, 'Cannot draw the pictures'); // 2
 */
export function checkedPictures(
  pictures: Pictures,
  range: PixelRange | undefined,
  most: number,
  action: string,
): number {
  if (isBatch(pictures)) {
    const [, height = 0, width = 0, channels] = pictures.shape as number[];
    if (pictures.rank !== 4 || height < 1 || width < 1 || !colorModeOf(channels)) {
      throw new TypeError(
        `${action}: a batch must have the shape [n, h, w, channels] with 1, 3 or 4 channels, got [${pictures.shape.join(', ')}]`,
      );
    }
    if (range?.[0] !== 0 || (range[1] !== 255 && range[1] !== 1)) {
      throw new TypeError(
        `${action}: a batch needs the option range, [0, 255] or [0, 1], got ${JSON.stringify(range)}`,
      );
    }
  } else if (!Array.isArray(pictures)) {
    throw new TypeError(
      `${action}: they must be a batch or an array of paths, got ${typeof pictures}`,
    );
  }
  const count = isBatch(pictures) ? pictures.shape[0]! : pictures.length;
  if (count < 1 || count > most) {
    throw new RangeError(`${action}: a grid holds 1 to ${most}, got ${count}`);
  }
  return count;
}

/**
 * Draws a document with pictures in it that takes at most 200 kB in a notebook: of many photographs, smaller and coarser
 * copies are stored than of few.
 *
 * @param pictures checked; a batch stays the caller's
 * @param range of the batch
 * @param draw puts the stored pictures, in their order, into an SVG document; it may be called several times
 * @returns what `draw` made
 * @throws {UnreadablePicture} naming the file; RangeError when a value of the batch lies outside the range
 *
 * @example
 * const svg = await withPictures(files, undefined, (stored) => pictureGrid(stored.map((each) => ({ ...each, caption: '' })), 5, 'faces'));
 */
export async function withPictures(
  pictures: Pictures,
  range: PixelRange = [0, 255],
  draw: (stored: StoredPicture[]) => string,
): Promise<string> {
  const sources = isBatch(pictures)
    ? await picturesOfBatch(pictures as tf.Tensor4D, range)
    : pictures;
  const shrunk: Array<RgbPicture & { aspect: number }> = [];
  // One after the other, so that only one large photograph is in memory at a time.
  for (const source of sources) {
    const picture = typeof source === 'string' ? await readPicture(source) : source;
    const aspect = picture.width / picture.height;
    shrunk.push({ ...(await shrunkPicture(picture)), aspect });
  }
  const drawn = async (storing: Encoding) => {
    const stored: StoredPicture[] = [];
    for (const { aspect, ...picture } of shrunk) {
      stored.push({ uri: await pictureUri(picture, storing), aspect });
    }
    return draw(stored);
  };
  const best = await drawn(STORINGS[0]!);
  if (bytesInNotebook(best) <= MOST_BYTES) return best;
  // The best that fits lies between the two: of many pictures each try takes a second.
  let [tooLarge, small] = [0, STORINGS.length - 1];
  let fitting = await drawn(STORINGS[small]!);
  while (small - tooLarge > 1) {
    const middle = Math.ceil((tooLarge + small) / 2);
    const svg = await drawn(STORINGS[middle]!);
    if (bytesInNotebook(svg) > MOST_BYTES) tooLarge = middle;
    else [small, fitting] = [middle, svg];
  }
  return fitting;
}

/** What `showSvg` makes of a document: base64, and its title once more. */
function bytesInNotebook(svg: string): number {
  const [title = ''] = /<title>.*?<\/title>/s.exec(svg) ?? [];
  return (4 / 3) * Buffer.byteLength(svg) + Buffer.byteLength(title) + 100;
}

function isBatch(pictures: Pictures): pictures is tf.Tensor {
  return pictures instanceof tf.Tensor;
}
