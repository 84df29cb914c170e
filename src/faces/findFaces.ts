import { loadImage } from '../images/datasets/loadImage';
import type { tf } from '../tensorflow/tf';
import { FACE_SIDE, facesIn, type FoundFace } from './facesIn';

/**
 * Finds the faces in a photograph, the surest first.
 *
 * @param finder BlazeFace, 256×256
 * @param bytes the encoded picture
 * @param size of it, in pixels
 * @throws {UnreadablePicture} when it cannot be decoded
 */
export async function findFaces(
  finder: tf.GraphModel,
  bytes: Uint8Array,
  size: readonly [width: number, height: number],
): Promise<FoundFace[]> {
  const imageSize = [FACE_SIDE, FACE_SIDE] as const;
  return facesIn(finder, await loadImage(bytes, { imageSize, padToAspectRatio: true }), size);
}
