import { createHash } from 'node:crypto';
import { encodePicture } from '../../display/pictures/encodePicture';
import type { RgbPicture } from '../../display/pictures/readPicture';

/** Along the longer side: enough to see a face, some kB. */
const SIZE = 128;

/**
 * Encodes a picture small, as JPEG or PNG, whichever is smaller.
 *
 * @returns its bytes, and a file name that follows from them, so that a picture is kept once however often it is logged
 */
export async function thumbnail(picture: RgbPicture): Promise<{ name: string; bytes: Buffer }> {
  const { type, bytes } = await encodePicture(picture, { size: SIZE, qualities: [82] });
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 24);
  return { name: `${hash}.${type === 'jpeg' ? 'jpg' : type}`, bytes };
}
