import type { CheckedPicture } from '../formats/pictureFile';

/** To open a decoder takes as long as to decode so many pixels without one. */
const OPENING_PIXELS = 4_000_000;

/**
 * Whether pictures are decoded sooner by a stream than one by one: a few small ones are not.
 *
 * @param pictures each with its size
 */
export function isWorthStreaming(pictures: ReadonlyArray<Pick<CheckedPicture, 'size'>>): boolean {
  let pixels = 0;
  return pictures.some(({ size: [width, height] }) => {
    pixels += width * height;
    return pixels > OPENING_PIXELS;
  });
}
