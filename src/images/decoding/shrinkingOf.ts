import { type Shrinking, SHRINKINGS } from '../../tensorflow/decoding/decodeImage';
import type { PictureHeader } from '../formats/pictureFile';
import type { CheckedResizing } from '../formats/resizing';

/**
 * How far a picture is shrunk while it is decoded, when `shrinkOnLoad` is set: as far as neither side gets smaller than
 * the network takes. Only a JPEG can be: its blocks of 8×8 pixels are stored as frequencies, and the high ones are left
 * out (libjpeg's `scale_denom`, https://libjpeg-turbo.org/Documentation).
 *
 * @param header what the picture's first bytes say
 * @param resizing checked
 * @returns 1, not at all, up to 8
 *
 * @example
 * shrinkingOf({ size: [4000, 3000], isJpeg: true }, { imageSize: [256, 256], shrinkOnLoad: true }); // 8
 */
export function shrinkingOf(
  { size: [width, height], isJpeg }: Pick<PictureHeader, 'size' | 'isJpeg'>,
  { imageSize, shrinkOnLoad }: Pick<CheckedResizing, 'imageSize' | 'shrinkOnLoad'>,
): Shrinking {
  if (!shrinkOnLoad || !isJpeg) return 1;
  const fits = (by: number) =>
    Math.ceil(height / by) >= imageSize[0] && Math.ceil(width / by) >= imageSize[1];
  return [...SHRINKINGS].reverse().find(fits) ?? 1;
}
