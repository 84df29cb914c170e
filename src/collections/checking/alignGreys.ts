import { SIDE } from './fingerprint';

/** Where a pixel of one picture lies in another, from the middle: x · scaleX + shiftX; and how its brightness changes. */
export interface Alignment {
  scaleX: number;
  scaleY: number;
  shiftX: number;
  shiftY: number;
  gain: number;
  bias: number;
}

/** Greys of 64 × 64 pixels, smoothed, and their slopes. */
export interface Smoothed {
  greys: Float32Array;
  slopesX: Float32Array;
  slopesY: Float32Array;
}

// Looked up once, not for each of a million pixels: a test's globals are fifty times as slow.
const { floor, max, min } = Math;
const MIDDLE = (SIDE - 1) / 2;
const ROUNDS = 10;
/** A pixel that differs by so much counts half: what was drawn into one of them must not pull the other out of place. */
const HALF_WEIGHT = 15;
/** Holds a parameter where the pictures say nothing of it. */
const DAMPING = [5000, 5000, 5, 5, 1, 1];

/** Smooths greys with [1 4 6 4 1] ÷ 16 along both sides. */
export function smoothed(greys: ArrayLike<number>): Smoothed {
  const kernel = [1, 4, 6, 4, 1].map((weight) => weight / 16);
  const along = (from: ArrayLike<number>, stepX: number, stepY: number) => {
    const to = new Float32Array(SIDE * SIDE);
    for (let y = 0; y < SIDE; y++) {
      for (let x = 0; x < SIDE; x++) {
        for (let k = -2; k <= 2; k++) {
          to[y * SIDE + x] +=
            kernel[k + 2]! * from[inside(y + k * stepY) * SIDE + inside(x + k * stepX)]!;
        }
      }
    }
    return to;
  };
  const smooth = along(along(greys, 1, 0), 0, 1);
  const slope = (step: number) =>
    smooth.map((_, i) => ((smooth[i + step] ?? smooth[i]!) - (smooth[i - step] ?? smooth[i]!)) / 2);
  return { greys: smooth, slopesX: slope(1), slopesY: slope(SIDE) };
}

/**
 * Finds how a picture must be shifted, scaled and made brighter to lie on another: Lucas and Kanade, «An Iterative Image
 * Registration Technique», 1981, with weights as Huber's against what is in one of them alone.
 *
 * @returns `to` at a pixel is about `gain` · `from` there + `bias`
 */
export function alignGreys(to: Smoothed, from: Smoothed): Alignment {
  const p = [1, 1, 0, 0, 1, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const step = stepOf(to, from, p);
    step.forEach((by, i) => (p[i]! += by));
    const moved =
      MIDDLE * (Math.abs(step[0]!) + Math.abs(step[1]!)) + Math.abs(step[2]!) + Math.abs(step[3]!);
    if (moved < 0.02) break;
  }
  const [scaleX = 1, scaleY = 1, shiftX = 0, shiftY = 0, gain = 1, bias = 0] = p;
  return { scaleX, scaleY, shiftX, shiftY, gain, bias };
}

function stepOf(
  to: Smoothed,
  from: Smoothed,
  [scaleX, scaleY, shiftX, shiftY, gain, bias]: number[],
): number[] {
  const normal = Array.from({ length: 6 }, (_, i) =>
    Array.from({ length: 6 }, (_, j) => (i === j ? DAMPING[i]! : 0)),
  );
  const right = [0, 0, 0, 0, 0, 0];
  const slopes = new Float64Array(6);
  for (let y = 2; y < SIDE - 2; y += 2) {
    // Every other pixel, like a chessboard's.
    for (let x = 2 + ((y >> 1) & 1); x < SIDE - 2; x += 2) {
      const dx = x - MIDDLE;
      const dy = y - MIDDLE;
      const u = scaleX! * dx + shiftX! + MIDDLE;
      const v = scaleY! * dy + shiftY! + MIDDLE;
      if (u < 0 || v < 0 || u > SIDE - 1 || v > SIDE - 1) continue;
      const grey = greyAt(from.greys, u, v);
      const wanted = to.greys[y * SIDE + x]!;
      if (isLost(grey) || isLost(wanted)) continue;
      const error = wanted - gain! * grey - bias!;
      const weight = 1 / (1 + (error / HALF_WEIGHT) ** 2);
      const slopeX = gain! * greyAt(from.slopesX, u, v);
      const slopeY = gain! * greyAt(from.slopesY, u, v);
      slopes[0] = slopeX * dx;
      slopes[1] = slopeY * dy;
      slopes[2] = slopeX;
      slopes[3] = slopeY;
      slopes[4] = grey;
      slopes[5] = 1;
      for (let i = 0; i < 6; i++) {
        const weighted = weight * slopes[i]!;
        right[i]! += weighted * error;
        for (let j = 0; j < 6; j++) normal[i]![j]! += weighted * slopes[j]!;
      }
    }
  }
  return solved(normal, right);
}

/** Too bright or too dark to say how bright: a copy made brighter is white there. */
export function isLost(grey: number): boolean {
  return grey > 252 || grey < 3;
}

/** The grey between pixels, linearly. */
export function greyAt(greys: Float32Array, x: number, y: number): number {
  const left = min(SIDE - 2, max(0, floor(x)));
  const top = min(SIDE - 2, max(0, floor(y)));
  const right = x - left;
  const down = y - top;
  const at = top * SIDE + left;
  const upper = greys[at]! * (1 - right) + greys[at + 1]! * right;
  return (
    upper * (1 - down) + (greys[at + SIDE]! * (1 - right) + greys[at + SIDE + 1]! * right) * down
  );
}

function inside(coordinate: number): number {
  return min(SIDE - 1, max(0, coordinate));
}

/** Gauss' elimination; the damping keeps all pivots above 0. */
function solved(matrix: number[][], right: number[]): number[] {
  const count = right.length;
  for (let i = 0; i < count; i++) {
    for (let row = i + 1; row < count; row++) {
      const factor = matrix[row]![i]! / matrix[i]![i]!;
      for (let j = i; j < count; j++) matrix[row]![j]! -= factor * matrix[i]![j]!;
      right[row]! -= factor * right[i]!;
    }
  }
  const result = [...right];
  for (let i = count - 1; i >= 0; i--) {
    for (let j = i + 1; j < count; j++) result[i]! -= matrix[i]![j]! * result[j]!;
    result[i]! /= matrix[i]![i]!;
  }
  return result;
}
