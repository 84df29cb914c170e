import type { RgbPicture } from './readPicture';

/** How a picture is encoded. */
export interface Encoding {
  /** Pixels along its longer side, to which a larger picture is shrunk. */
  size: number;
  /** JPEG's, 1–100, from the best to try; none for PNG in any case. */
  qualities: readonly number[];
  /** Bytes that it may have; a picture of pure noise may need more. Default: any. */
  room?: number;
}

/**
 * Encodes a picture as PNG or JPEG, whichever is smaller, and with more loss the less room there is.
 *
 * @param picture pixels, 0–255
 * @param encoding its size, and what may be lost
 * @returns the content of a file
 *
 * @example
 * const { type } = await encodePicture(await readPicture('me.jpg'), { size: 128, qualities: [80] }); // 'jpeg'
 */
export async function encodePicture(
  { pixels, width, height }: RgbPicture,
  { size, qualities, room = Infinity }: Encoding,
): Promise<{ type: 'png' | 'jpeg'; bytes: Buffer }> {
  // Only now: sharp takes 0.1 s to load.
  const { default: sharp } = await import('sharp');
  const raw = sharp(pixels, { raw: { width, height, channels: 3 } });
  const stored = raw.resize({ width: size, height: size, fit: 'inside', withoutEnlargement: true });
  // PNG and JPEG are what every SVG viewer must read; many, sharp among them, leave out WebP without a word.
  const png = await stored.clone().png({ compressionLevel: 9 }).toBuffer();
  for (const quality of qualities) {
    const jpeg = await stored.clone().jpeg({ quality }).toBuffer();
    if (png.length <= Math.min(room, jpeg.length)) break;
    if (jpeg.length <= room || quality === qualities.at(-1)) return { type: 'jpeg', bytes: jpeg };
  }
  return { type: 'png', bytes: png };
}

/**
 * Encodes a picture for being stored inside a document, as {@link encodePicture} does.
 *
 * @returns a `data:` URI
 */
export async function pictureUri(picture: RgbPicture, encoding: Encoding): Promise<string> {
  const { type, bytes } = await encodePicture(picture, encoding);
  return `data:image/${type};base64,${bytes.toString('base64')}`;
}
