import { loadImage } from '../../images/datasets/loadImage';
import { show } from '../../errors/show';
import type { Classifier } from '../../models/classifier';
import { resizingOf } from '../../models/resizingOf';
import type { RgbPicture } from '../pictures/readPicture';
import { rgbPicture } from '../pictures/rgbPicture';

/** A picture to look into: a file's path, an address of this machine, or the encoded picture itself. */
export type PictureSource = string | Uint8Array;

/**
 * One picture or several as a list.
 *
 * @param most how many fit
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {RangeError} when there is none or too many, or captions and pictures are not equally many
 */
export function checkedList(
  pictures: PictureSource | readonly PictureSource[],
  captions: readonly string[] | undefined,
  most: number,
  action: string,
): PictureSource[] {
  const list = Array.isArray(pictures) ? pictures : [pictures as PictureSource];
  if (list.length < 1 || list.length > most) {
    throw new RangeError(`${action}: 1 to ${most} pictures are required, got ${list.length}`);
  }
  if (captions !== undefined && captions.length !== list.length) {
    throw new RangeError(
      `${action}: each of the ${list.length} pictures needs one caption, got ${show(captions)}`,
    );
  }
  return list;
}

/** A picture as the network takes it, but 0–255, and where it is grey with equal colours. */
export async function pictureFor(
  classifier: Classifier,
  picture: PictureSource,
): Promise<RgbPicture> {
  const image = await loadImage(picture, resizingOf(classifier)); // [height, width, channels]
  const [height, width] = classifier.input.imageSize;
  const values = await image.data().finally(() => image.dispose());
  return rgbPicture(values, width, height);
}
