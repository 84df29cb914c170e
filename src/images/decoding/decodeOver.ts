import { nativeBytes, nativeTensor } from '../../tensorflow/native/nativeTensor';
import type { Rgb } from '../formats/background';
import { luma } from '../formats/luma';
import { transparentColour } from '../formats/transparentColour';

/**
 * Lays a transparent GIF on a background: its transparent colour becomes that of the background, and is not transparent
 * any more. TensorFlow's decoder, which makes it black otherwise, then gives exactly the pixels of the two together.
 *
 * @param bytes not changed
 * @returns a copy; the bytes themselves where nothing is transparent
 */
export function gifOver(bytes: Buffer, background: Rgb): Buffer {
  const found = transparentColour(bytes);
  if (!found) return bytes;
  const laid = Buffer.from(bytes);
  laid[found.flag]! &= ~1;
  laid.set(background, found.colour);
  return laid;
}

/**
 * Lays decoded pixels on a background: each value is alpha · colour + (1 − alpha) · background, rounded, as Porter and
 * Duff's «over» has it («Compositing Digital Images», 1984).
 *
 * @param rgba the binding's number of a tensor, uint8 `[h, w, 4]`; it stays the caller's
 * @param greys its greys, 0–255, where these are to be laid there
 * @param size its width and height
 * @returns the number of a new one, uint8 `[h, w, 3]`, or of greys `[h, w, 1]`
 */
export function pixelsOver(
  rgba: number,
  greys: Float32Array | undefined,
  [width, height]: readonly [number, number],
  background: Rgb,
): number {
  const alphas = nativeBytes(rgba);
  const from = greys ?? alphas;
  const step = from.length / (height * width);
  const ground = greys ? [luma(...background)] : background;
  const channels = ground.length;
  const to = new Uint8Array(height * width * channels);
  for (let pixel = 0; pixel < height * width; pixel++) {
    const alpha = alphas[4 * pixel + 3]!;
    for (let c = 0; c < channels; c++) {
      const value = from[step * pixel + c]! * alpha + ground[c]! * (255 - alpha);
      to[channels * pixel + c] = Math.round(value / 255);
    }
  }
  return nativeTensor(to, [height, width, channels]);
}
