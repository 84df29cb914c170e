import type { Encoding } from './encodePicture';
import type { RgbPicture } from './readPicture';

// Pixels along a stored picture's longer side: the lessons' 150 × 150 stay as they are, sharp also at 150 % zoom.
const STORED_SIZE = 150;

/** From all that can be seen down to what still shows a face. */
export const STORINGS: readonly Encoding[] = [
  { size: STORED_SIZE, qualities: [80] },
  { size: STORED_SIZE, qualities: [60] },
  { size: 120, qualities: [60] },
  { size: 96, qualities: [60] },
  { size: 72, qualities: [50] },
  { size: 48, qualities: [50] },
  { size: 32, qualities: [40] },
];

/**
 * Shrinks a picture to the 150 pixels of which the most is stored. A tiny one grows in whole pixels, so that each of them
 * can be seen.
 *
 * @param picture pixels, 0–255
 * @returns a copy that takes at most 68 kB
 *
 * @example
 * const { width } = await shrunkPicture(await readPicture('me.jpg')); // 150
 */
export async function shrunkPicture({ pixels, width, height }: RgbPicture): Promise<RgbPicture> {
  // Only now: sharp takes 0.1 s to load.
  const { default: sharp } = await import('sharp');
  const growth = Math.floor(STORED_SIZE / Math.max(width, height));
  const { data, info } = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .resize(
      growth > 1
        ? { width: width * growth, height: height * growth, kernel: 'nearest' }
        : { width: STORED_SIZE, height: STORED_SIZE, fit: 'inside', withoutEnlargement: true },
    )
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { pixels: data, width: info.width, height: info.height };
}
