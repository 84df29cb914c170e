import type { RgbPicture } from './readPicture';

// Pixels along a stored picture's longer side: the lessons' 150 × 150 stay as they are, sharp also at 150 % zoom.
const STORED_SIZE = 150;

/** How much of a picture is stored: pixels along its longer side, and JPEG's quality, 1–100. */
export interface Storing {
  size: number;
  quality: number;
}

/** From all that can be seen down to what still tells a face. */
export const STORINGS: readonly Storing[] = [
  { size: STORED_SIZE, quality: 80 },
  { size: STORED_SIZE, quality: 60 },
  { size: 120, quality: 60 },
  { size: 96, quality: 60 },
  { size: 72, quality: 50 },
  { size: 48, quality: 50 },
  { size: 32, quality: 40 },
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

/**
 * Encodes a picture for being stored inside a document: as PNG or JPEG, whichever is smaller.
 *
 * @param picture as `shrunkPicture` gives it
 * @param storing one of `STORINGS`; the best when left out
 * @returns a `data:` URI, at best about 4 kB for a face, at most 10 kB for a photograph
 *
 * @example
 * await pictureUri(await shrunkPicture(await readPicture('me.jpg'))); // 'data:image/jpeg;base64,/9j/…'
 */
export async function pictureUri(
  { pixels, width, height }: RgbPicture,
  { size, quality }: Storing = STORINGS[0]!,
): Promise<string> {
  const { default: sharp } = await import('sharp');
  const raw = sharp(pixels, { raw: { width, height, channels: 3 } });
  const stored = raw.resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true });
  // PNG and JPEG are what every SVG viewer must read; many, sharp among them, leave out WebP without a word.
  const png = await stored.clone().png({ compressionLevel: 9 }).toBuffer();
  const jpeg = await stored.clone().jpeg({ quality }).toBuffer();
  return png.length <= jpeg.length
    ? `data:image/png;base64,${png.toString('base64')}`
    : `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
