import { pictureSize } from '../images/formats/pictureSize';
import { UnreadablePicture } from '../images/formats/UnreadablePicture';
import { ServingError } from './ServingError';

/**
 * Refuses, by its first bytes, what is no picture, and one of so many pixels that to decode it would hold up the others.
 *
 * @param name what to call it: "number 2", "file "me.jpg""
 * @throws {UnreadablePicture} or ServingError 413
 */
export function checkPictureBytes(bytes: Buffer, name: string, most: number): void {
  let size: ReturnType<typeof pictureSize>;
  try {
    size = pictureSize(bytes);
  } catch (error) {
    throw new UnreadablePicture(name, (error as Error).message, { cause: error });
  }
  const [width, height] = size ?? [0, 0];
  if (width * height <= most) return;
  throw new ServingError(
    413,
    `Cannot read picture ${name}: at most ${most} pixels are accepted, it has ${width}×${height}`,
  );
}
