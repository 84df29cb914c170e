import { luma } from '../../images/formats/luma';
import { HASHED_SIDE, perceptualHash, type PerceptualHash } from './perceptualHash';

/** The side, in pixels, of the picture that is compared: a mouth that moves by a hundredth of the picture shows. */
export const SIDE = 64;

/** Fields along a side in which the mean colour is compared. */
export const COLOUR_FIELDS = 4;

/** What is kept of a picture to know it again: 4 kB. */
export interface Fingerprint {
  /** Finds candidates. */
  hash: PerceptualHash;
  /** 64 × 64, row by row, 0–255. */
  greys: Uint8Array;
  /** Cb and Cr of 4 × 4 fields, about 0. */
  colours: Float32Array;
  /** The shorter side of the picture itself, in pixels. */
  side: number;
}

/**
 * Takes a picture's fingerprint.
 *
 * @param rgb 64 × 64 pixels, row by row, three bytes a pixel: red, green, blue
 * @param side the shorter side of the picture itself, in pixels
 * @returns undefined for a plain area
 *
 * @example
 * isSamePicture(fingerprint(smile, 256)!, fingerprint(smallerSmile, 128)!); // true
 */
export function fingerprint(rgb: Uint8Array, side: number): Fingerprint | undefined {
  const hash = perceptualHash(halved(rgb));
  if (!hash) return undefined;
  const greys = new Uint8Array(SIDE * SIDE);
  const colours = new Float32Array(COLOUR_FIELDS ** 2 * 2);
  const field = SIDE / COLOUR_FIELDS;
  for (let i = 0; i < greys.length; i++) {
    const red = rgb[3 * i]!;
    const blue = rgb[3 * i + 2]!;
    const grey = luma(red, rgb[3 * i + 1]!, blue);
    greys[i] = Math.round(grey);
    const row = Math.floor(i / SIDE / field);
    const index = 2 * (row * COLOUR_FIELDS + Math.floor((i % SIDE) / field));
    colours[index] += (0.564 * (blue - grey)) / field ** 2;
    colours[index + 1] += (0.713 * (red - grey)) / field ** 2;
  }
  return { hash, greys, colours, side };
}

function halved(rgb: Uint8Array): Uint8Array {
  const half = new Uint8Array(HASHED_SIDE * HASHED_SIDE * 3);
  for (let i = 0; i < half.length; i++) {
    const pixel = Math.floor(i / 3);
    const x = 2 * (pixel % HASHED_SIDE);
    const y = 2 * Math.floor(pixel / HASHED_SIDE);
    const at = 3 * (y * SIDE + x) + (i % 3);
    half[i] = Math.round(
      (rgb[at]! + rgb[at + 3]! + rgb[at + 3 * SIDE]! + rgb[at + 3 * SIDE + 3]!) / 4,
    );
  }
  return half;
}
