import { luma } from '../../images/formats/luma';

/**
 * The DCT hash of Christoph Zauner, «Implementation and Benchmarking of Perceptual Image Hash Functions», 2010, §3.2.1
 * (pHash): the lowest frequencies of a picture of 32 × 32 greys, each compared with their median. It stays nearly the same
 * when a picture is scaled, compressed, or made a little brighter, and changes when it is mirrored, turned or cropped.
 */

/** The side, in pixels, of the picture that is hashed. */
export const HASHED_SIDE = 32;

/** Frequencies along a side of which a hash is made: 8 × 8 bits. */
const FREQUENCIES = 8;

/**
 * Least standard deviation of the greys, of 255, in a picture that has a hash: below it noise would decide the bits, and
 * all plain areas would be one picture.
 */
const PLAIN = 2;

/** 64 bits as four numbers of 16: by rows of frequencies, the first one the highest bit of the first number. */
export type HashBits = readonly [number, number, number, number];

/** `COSINES[frequency][pixel]` of the DCT-II; the lowest frequency, the mean brightness, is left out, as Zauner does. */
const COSINES = Array.from({ length: FREQUENCIES }, (_, i) =>
  Float64Array.from({ length: HASHED_SIDE }, (_, pixel) =>
    Math.cos((Math.PI * (i + 1) * (2 * pixel + 1)) / (2 * HASHED_SIDE)),
  ),
);

/** A hash, and which of its bits can be relied on. */
export interface PerceptualHash {
  bits: HashBits;
  /** Set where a frequency is farther from the median than noise could carry it. */
  sure: HashBits;
}

/**
 * A frequency so near to the median, in parts of their standard deviation, has a bit that a copy may not have: half of those
 * of a face whose left is like its right are nearly 0, and JPEG decides them.
 */
const UNSURE = 0.1;

/**
 * Hashes a small picture.
 *
 * @param rgb 32 × 32 pixels, row by row, three bytes a pixel: red, green, blue
 * @returns undefined for a plain area
 *
 * @example
 * sureDistance(perceptualHash(smile)!, perceptualHash(smallerSmile)!); // 0
 */
export function perceptualHash(rgb: Uint8Array): PerceptualHash | undefined {
  const greys = greysOf(rgb);
  if (deviationOf(greys) < PLAIN) return undefined;
  const values = frequenciesOf(greys);
  const sorted = [...values].sort((a, b) => a - b);
  const median = (sorted[values.length / 2 - 1]! + sorted[values.length / 2]!) / 2;
  const unsure = UNSURE * deviationOf(Float64Array.from(values));
  return {
    bits: words(values.map((value) => value > median)),
    sure: words(values.map((value) => Math.abs(value - median) > unsure)),
  };
}

function frequenciesOf(greys: Float64Array): number[] {
  const rows = new Float64Array(FREQUENCIES * HASHED_SIDE); // [frequency, y]
  for (let y = 0; y < HASHED_SIDE; y++) {
    for (let x = 0; x < HASHED_SIDE; x++) {
      const grey = greys[y * HASHED_SIDE + x]!;
      for (let u = 0; u < FREQUENCIES; u++) rows[u * HASHED_SIDE + y] += COSINES[u]![x]! * grey;
    }
  }
  const values: number[] = [];
  for (let v = 0; v < FREQUENCIES; v++) {
    for (let u = 0; u < FREQUENCIES; u++) {
      let sum = 0;
      for (let y = 0; y < HASHED_SIDE; y++) sum += COSINES[v]![y]! * rows[u * HASHED_SIDE + y]!;
      values.push(sum);
    }
  }
  return values;
}

function words(bits: readonly boolean[]): HashBits {
  const word = (first: number) =>
    bits.slice(first, first + 16).reduce((word, bit) => (word << 1) | Number(bit), 0);
  return [word(0), word(16), word(32), word(48)];
}

function greysOf(rgb: Uint8Array): Float64Array {
  return Float64Array.from({ length: rgb.length / 3 }, (_, i) =>
    luma(rgb[3 * i]!, rgb[3 * i + 1]!, rgb[3 * i + 2]!),
  );
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** `BITS[n]`: how many bits of a number below 2^16 are set. */
const BITS = new Uint8Array(2 ** 16);
for (let n = 1; n < BITS.length; n++) BITS[n] = BITS[n >> 1]! + (n & 1);

/**
 * Counts the bits in which two hashes differ, and that can be relied on in both.
 *
 * @example
 * sureDistance({ bits: [0, 0, 0, 1], sure: [0, 0, 0, 1] }, { bits: [0, 0, 0, 2], sure: [0, 0, 0, 3] }); // 1
 */
export function sureDistance(a: PerceptualHash, b: PerceptualHash): number {
  let distance = 0;
  for (let i = 0; i < 4; i++) {
    distance += BITS[(a.bits[i]! ^ b.bits[i]!) & a.sure[i]! & b.sure[i]!]!;
  }
  return distance;
}
