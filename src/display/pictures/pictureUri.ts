import type { RgbPicture } from './readPicture';

// Pixels along a stored picture's longer side: the lessons' 150 × 150 stay as they are, sharp also at 150 % zoom.
const STORED_SIZE = 150;

// PNG and JPEG are what every SVG viewer must read; many, sharp among them, leave out WebP without a word.
const JPEG = { quality: 80 };

/**
 * Encodes a picture for being stored inside a document: shrunk to 150 pixels, as PNG or JPEG, whichever is smaller. A
 * tiny one grows in whole pixels, so that each of them can be seen.
 *
 * @param picture pixels, 0–255
 * @returns a `data:` URI, about 4 kB for a face, at most 10 kB for a photograph
 *
 * @example
 * await pictureUri(await readPicture('me.jpg')); // 'data:image/jpeg;base64,/9j/…'
 */
export async function pictureUri({ pixels, width, height }: RgbPicture): Promise<string> {
  // Only now: sharp takes 0.1 s to load.
  const { default: sharp } = await import('sharp');
  const growth = Math.floor(STORED_SIZE / Math.max(width, height));
  const stored = sharp(pixels, { raw: { width, height, channels: 3 } }).resize(
    growth > 1
      ? { width: width * growth, height: height * growth, kernel: 'nearest' }
      : { width: STORED_SIZE, height: STORED_SIZE, fit: 'inside', withoutEnlargement: true },
  );
  const png = await stored.clone().png({ compressionLevel: 9 }).toBuffer();
  const jpeg = await stored.clone().jpeg(JPEG).toBuffer();
  return png.length <= jpeg.length
    ? `data:image/png;base64,${png.toString('base64')}`
    : `data:image/jpeg;base64,${jpeg.toString('base64')}`;
}
