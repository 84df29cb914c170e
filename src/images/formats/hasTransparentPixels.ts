import { MAX_PIXELS } from './pictureFile';
import { bmpAlpha, mayBeTransparent } from './transparentColour';

/**
 * Looks whether a picture has pixels that are not wholly opaque, in a thread of its own.
 *
 * @param bytes the whole picture. One that cannot be read has none
 *
 * @example
 * await hasTransparentPixels(await readFile('screenshot.png')); // false: its alpha channel is opaque everywhere
 */
export async function hasTransparentPixels(bytes: Buffer): Promise<boolean> {
  if (!mayBeTransparent(bytes)) return false;
  const ofBmp = bmpAlpha(bytes);
  if (ofBmp) return ofBmp.some((value) => value < 255);
  const { default: sharp } = await import('sharp');
  try {
    const alpha = await sharp(bytes, { limitInputPixels: MAX_PIXELS })
      .toColourspace('srgb')
      .ensureAlpha()
      .extractChannel('alpha')
      .raw()
      .toBuffer();
    return (alpha as Uint8Array).some((value) => value < 255);
  } catch {
    return false;
  }
}
