import { alignGreys, greyAt, isLost, type Smoothed, smoothed } from './alignGreys';
import { type Fingerprint, SIDE } from './fingerprint';

// Looked up once, not for each of a million pixels: a test's globals are fifty times as slow.
const { hypot, max, min, sqrt } = Math;
const { isNaN: isNotANumber } = Number;
const MIDDLE = (SIDE - 1) / 2;
/** Half the side of the windows in which two pictures are compared, and how far they are apart. */
const RADIUS = 4;
const STRIDE = 2;

/** How two pictures differ, once one was laid on the other. */
export interface Difference {
  /** The farthest that a part has moved against the rest, in pixels of 64. */
  moved: number;
  /** The largest difference of greys in a window, against how much the greys change in it. */
  changed: number;
  /** The largest difference of the mean colour in a field, of 255. */
  coloured: number;
  /** How far it had to be shifted and scaled, in pixels of 64 at the border. */
  aligned: number;
  /** How much brighter or darker it had to be made, in greys. */
  lit: number;
}

/**
 * Lays one picture on another and measures where they differ most.
 *
 * @param a taken by `fingerprint`
 * @param b shifted, scaled and made brighter to lie on `a`
 */
export function comparePictures(a: Fingerprint, b: Fingerprint): Difference {
  const [to, from] = [smoothedOf(a), smoothedOf(b)];
  const { scaleX, scaleY, shiftX, shiftY, gain, bias } = alignGreys(to, from);
  const laid = new Float32Array(SIDE * SIDE).fill(NaN);
  const errors = new Float32Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const u = scaleX * (x - MIDDLE) + shiftX + MIDDLE;
      const v = scaleY * (y - MIDDLE) + shiftY + MIDDLE;
      if (u < 0.5 || v < 0.5 || u > SIDE - 1.5 || v > SIDE - 1.5) continue;
      const grey = greyAt(from.greys, u, v);
      const i = y * SIDE + x;
      laid[i] = min(255, max(0, gain * grey + bias));
      const error = to.greys[i]! - laid[i]!;
      // White in a brighter copy: what is darker in the other may be anything from there on.
      const isUnknown = isLost(grey) && (grey > 128 ? error > 0 : error < 0);
      errors[i] = isUnknown ? 0 : error;
    }
  }
  const sums = windowSums(to.greys, laid, errors);
  const moves: number[] = [];
  let changed = 0;
  for (let y = RADIUS + 1; y < SIDE - RADIUS - 1; y += STRIDE) {
    for (let x = RADIUS + 1; x < SIDE - RADIUS - 1; x += STRIDE) {
      const [xx, xy, yy, xe, ye, ee, count] = sums.map((sum) => inWindow(sum, x, y)) as Sums;
      if (count < (RADIUS * 2 + 1) ** 2 / 2) continue;
      changed = max(changed, sqrt(least(ee) / count) / (3 + sqrt(least(xx + yy) / count)));
      // How far what is in it has moved, by least squares; where nothing is drawn nothing has moved.
      const wide = xx + 20 * count;
      const high = yy + 20 * count;
      const determinant = wide * high - xy * xy;
      moves.push(hypot((xe * high - ye * xy) / determinant, (ye * wide - xe * xy) / determinant));
    }
  }
  return {
    moved: moves.length > 0 ? Math.max(...moves) : Infinity,
    changed,
    coloured: Math.max(...a.colours.map((colour, i) => Math.abs(colour - b.colours[i]!))),
    aligned:
      MIDDLE * (Math.abs(scaleX - 1) + Math.abs(scaleY - 1)) + Math.abs(shiftX) + Math.abs(shiftY),
    lit: Math.abs(gain - 1) * 128 + Math.abs(bias + 128 * (gain - 1)),
  };
}

type Sums = [number, number, number, number, number, number, number];

/** Of the products that least squares needs, the sums over all pixels above and left of a pixel. */
function windowSums(to: Float32Array, laid: Float32Array, errors: Float32Array): Float64Array[] {
  const width = SIDE + 1;
  const sums = Array.from({ length: 7 }, () => new Float64Array(width * width));
  const row = new Float64Array(7);
  for (let y = 0; y < SIDE; y++) {
    row.fill(0);
    for (let x = 0; x < SIDE; x++) {
      const i = y * SIDE + x;
      const slopeX = (to[i + 1]! - to[i - 1]! + laid[i + 1]! - laid[i - 1]!) / 4;
      const slopeY = (to[i + SIDE]! - to[i - SIDE]! + laid[i + SIDE]! - laid[i - SIDE]!) / 4;
      // Outside of the other picture, or at the border.
      if (!isNotANumber(slopeX + slopeY + laid[i]!)) {
        const error = errors[i]!;
        row[0]! += slopeX * slopeX;
        row[1]! += slopeX * slopeY;
        row[2]! += slopeY * slopeY;
        row[3]! += slopeX * error;
        row[4]! += slopeY * error;
        row[5]! += error * error;
        row[6]! += 1;
      }
      const at = (y + 1) * width + x + 1;
      for (let k = 0; k < 7; k++) sums[k]![at] = sums[k]![at - width]! + row[k]!;
    }
  }
  return sums;
}

/** Rounding leaves a hair below 0. */
function least(sum: number): number {
  return max(0, sum);
}

function inWindow(sum: Float64Array, x: number, y: number): number {
  const width = SIDE + 1;
  const [top, left] = [(y - RADIUS) * width, x - RADIUS];
  const [bottom, right] = [(y + RADIUS + 1) * width, x + RADIUS + 1];
  return sum[bottom + right]! - sum[top + right]! - sum[bottom + left]! + sum[top + left]!;
}

const known = new WeakMap<Fingerprint, Smoothed>();

function smoothedOf(picture: Fingerprint): Smoothed {
  const found = known.get(picture) ?? smoothed(picture.greys);
  known.set(picture, found);
  return found;
}

/** How much two pictures may differ that are one. */
interface Limits {
  moved: number;
  changed: number;
}

/*
 * `npm run test:near-duplicates` measures what these let pass. Copies that were scaled, compressed or cropped differ
 * by up to 0.20 and 0.6, in drawings as in photographs; of different pictures the nearest two, of a series of renderings in
 * which a mouth moves by less than a pixel of 150, by 0.39 and 0.3.
 */
const ALIKE: Limits = { moved: 0.27, changed: 0.9 };
/** A thumbnail has lost what lies between its pixels. */
const SMALL: Limits = { moved: 0.38, changed: 0.9 };
/** What becomes white in a brighter copy is lost, and in each colour at another pixel. */
const BRIGHTER: Limits = { moved: 0.8, changed: 1.7 };
const LIT = 14;
const MOST_COLOURED = 20;
/** 2 % on each side, and what the alignment adds to it. */
const MOST_ALIGNED = 5;

/**
 * Whether two pictures are one: scaled, compressed, made brighter or darker, or cropped by a few hundredths.
 *
 * @example
 * isSamePicture(fingerprint(smile, 150)!, fingerprint(frown, 150)!); // false, also where nothing but the mouth differs
 */
export function isSamePicture(a: Fingerprint, b: Fingerprint): boolean {
  const { moved, changed, coloured, aligned, lit } = comparePictures(a, b);
  const limits = lit > LIT ? BRIGHTER : Math.min(a.side, b.side) < SIDE ? SMALL : ALIKE;
  return (
    moved <= limits.moved &&
    changed <= limits.changed &&
    coloured <= MOST_COLOURED &&
    aligned <= MOST_ALIGNED
  );
}
