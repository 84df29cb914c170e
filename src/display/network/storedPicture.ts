import { pictureUri } from '../pictures/encodePicture';
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
export function storedPicture(picture: RgbPicture, size: number, room: number): Promise<string> {
  return pictureUri(picture, { size, qualities: QUALITIES, room });
}
