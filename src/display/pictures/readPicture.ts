import { decodePicture } from '../../images/decoding/decodePicture';
import { checkPictureFile, readPictureFile } from '../../images/formats/pictureFile';
import { pictureSize } from '../../images/formats/pictureSize';
import { checkedResizing } from '../../images/formats/resizing';
import { show } from '../../errors/show';
import { tf } from '../../tensorflow/tf';

/** Decoded pixels, row by row, three bytes a pixel: red, green, blue. */
export interface RgbPicture {
  pixels: Uint8Array;
  width: number;
  height: number;
}

// A photograph of 100 megapixels would be 1.2 GB of floats. Four times what a grid stores leaves nothing to see.
const LONGEST_SIDE = 600;

/**
 * Reads a picture as the loader does: transparency dropped, so that what lay hidden under it shows, and the rotation in
 * EXIF data ignored. Large JPEGs are shrunk while they are decoded.
 *
 * @param file path of a PNG, JPEG, GIF (its first frame), BMP or WebP
 * @returns its pixels, 0–255, in its own size up to 600 pixels along the longer side, else shrunk to that
 * @throws {UnreadablePicture} when the file cannot be read, is no picture, or is damaged
 *
 * @example
 * const { width, height } = await readPicture('data/happy-or-sad/happy/noto-1f600-grinning-face.png'); // 150, 150
 */
export async function readPicture(file: string): Promise<RgbPicture> {
  await tf.ready();
  await checkPictureFile(file);
  const bytes = await readPictureFile(file);
  const [fullWidth, fullHeight] = pictureSize(bytes) ?? [1, 1];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(fullWidth, fullHeight));
  const width = Math.max(1, Math.round(fullWidth * scale));
  const height = Math.max(1, Math.round(fullHeight * scale));
  const resizing = checkedResizing(`Cannot read picture ${show(file)}`, {
    imageSize: [height, width],
    shrinkOnLoad: true, // a JPEG of 7,000 pixels in a tenth of the time
  });
  const image = decodePicture(bytes, show(file), resizing); // [h, w, 3]
  try {
    return { pixels: Uint8Array.from(await image.data(), Math.round), width, height };
  } finally {
    image.dispose();
  }
}
