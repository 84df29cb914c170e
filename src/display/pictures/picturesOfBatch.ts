import type { tf } from '../../tensorflow/tf';
import type { RgbPicture } from './readPicture';
import { rgbPicture } from './rgbPicture';

/**
 * Takes the pictures out of a batch.
 *
 * @param batch `[n, h, w, channels]`, any type; it stays the caller's and is not disposed
 * @param range the values that stand for black and full colour, `[0, 255]` or `[0, 1]`
 * @returns the n pictures, 0–255
 * @throws {RangeError} when a value lies outside the range or is NaN: drawn, it would be a colour that is not there
 *
 * @example
 * const [first] = await picturesOfBatch(batch.xs, [0, 255]);
 */
export async function picturesOfBatch(
  batch: tf.Tensor4D,
  range: readonly [0, 255] | readonly [0, 1],
): Promise<RgbPicture[]> {
  const [count, height, width, channels] = batch.shape;
  const values = await batch.data();
  const highest = range[1];
  const tolerance = highest * 1e-5; // float32 arithmetic may end a hair outside
  const bytes = Uint8Array.from(values, (value) => {
    if (value >= -tolerance && value <= highest + tolerance) {
      return Math.min(255, Math.max(0, Math.round((value / highest) * 255)));
    }
    throw new RangeError(
      `Cannot draw the batch: every value must lie in its range [0, ${highest}], got ${value}`,
    );
  });
  const size = height * width * channels;
  return Array.from({ length: count }, (_, i) =>
    rgbPicture(bytes.subarray(i * size, (i + 1) * size), width, height),
  );
}
