import type { RgbPicture } from '../pictures/readPicture';

/** What the pictures of one output may have together: in an SVG, and that again in base64, it becomes 1.8 times as much. */
export const MOST_BYTES = 100_000;

const QUALITIES = [80, 60, 40, 20];

/**
 * Encodes a picture for being stored inside a document: as PNG or JPEG, whichever is smaller, and with more loss the less
 * room there is.
 *
 * @param picture pixels, 0–255
 * @param size its longer side is shrunk to so many pixels; a smaller one stays
 * @param room bytes that it may have; a picture of pure noise may need more
 * @returns a `data:` URI
 */
export async function storedPicture(
  { pixels, width, height }: RgbPicture,
  size: number,
  room: number,
): Promise<string> {
  // Only now: sharp takes 0.1 s to load.
  const { default: sharp } = await import('sharp');
  const stored = sharp(pixels, { raw: { width, height, channels: 3 } }).resize({
    width: size,
    height: size,
    fit: 'inside',
    withoutEnlargement: true,
  });
  const png = await stored.clone().png({ compressionLevel: 9 }).toBuffer();
  for (const quality of QUALITIES) {
    const jpeg = await stored.clone().jpeg({ quality }).toBuffer();
    if (png.length <= Math.min(room, jpeg.length)) return uri('png', png);
    if (jpeg.length <= room || quality === QUALITIES.at(-1)) return uri('jpeg', jpeg);
  }
  return uri('png', png);
}

function uri(type: string, bytes: Buffer): string {
  return `data:image/${type};base64,${bytes.toString('base64')}`;
}
