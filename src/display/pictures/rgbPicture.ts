import type { RgbPicture } from './readPicture';

/**
 * A picture of any color mode as people see it: a grey as equal red, green and blue, one with alpha laid on white.
 *
 * @param values as many as pixels times channels, row by row, 0–255
 *
 * @example
 * rgbPicture([7, 9], 1, 2).pixels; // [7, 7, 7, 9, 9, 9]
 */
export function rgbPicture(values: ArrayLike<number>, width: number, height: number): RgbPicture {
  const channels = values.length / (width * height);
  const pixels = new Uint8Array(width * height * 3);
  for (let i = 0; i < pixels.length; i++) {
    const first = channels * Math.floor(i / 3);
    const value = values[channels === 1 ? first : first + (i % 3)]!;
    const alpha = channels === 4 ? values[first + 3]! / 255 : 1;
    pixels[i] = Math.round(alpha * value + (1 - alpha) * 255);
  }
  return { pixels, width, height };
}
