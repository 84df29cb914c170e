import { luma } from '../../images/formats/luma';
import type { RgbPicture } from '../pictures/readPicture';
import { heatColour } from './heatColour';

/** How much of the picture's darkness is left under the heat: forms stay visible, colours do not mix. */
const DARKNESS = 0.6;

/**
 * Lays a heat map over a picture: the picture in light grey, tinted with the colour of each value. Where the picture is
 * white, the colour is the legend's.
 *
 * @param picture pixels, 0–255
 * @param values as many as pixels, row by row
 * @param highest the value that has the strongest colour; not above 0 leaves the picture grey
 * @returns a new picture of the same size
 */
export function heatOver(
  { pixels, width, height }: RgbPicture,
  values: Float32Array,
  highest: number,
): RgbPicture {
  const tinted = new Uint8Array(pixels.length);
  values.forEach((value, i) => {
    const [red, green, blue] = [pixels[3 * i]!, pixels[3 * i + 1]!, pixels[3 * i + 2]!];
    const grey = 1 - DARKNESS * (1 - luma(red, green, blue) / 255);
    const colour = heatColour(highest > 0 ? value / highest : 0);
    tinted.set(
      colour.map((part) => Math.round(part * grey)),
      3 * i,
    );
  });
  return { pixels: tinted, width, height };
}
