import type { CheckedResizing } from '../../images/formats/resizing';
import type { Pixels } from './pixels';

/**
 * A network's input as a picture that can be shown.
 *
 * @param values `[height, width, channels]`, 0–255, before they are rescaled
 */
export function seenFrom(
  values: Float32Array,
  { imageSize: [height, width], channels }: Pick<CheckedResizing, 'imageSize' | 'channels'>,
): Pixels {
  const data = new Uint8ClampedArray(height * width * 4).fill(255);
  for (let pixel = 0; pixel < height * width; pixel++) {
    for (let c = 0; c < (channels === 4 ? 4 : 3); c++) {
      data[4 * pixel + c] = values[channels * pixel + Math.min(c, channels - 1)]!;
    }
  }
  return { width, height, data };
}
