import type { FoundFace } from '../../faces/facesIn';
import type { Pixels, Square } from './pixels';

/** How many times its own side is cut out around a face, as `readFaces` does when no margin is given. */
const MARGIN = 1.2;

/** The square around a face, of whole pixels. */
export function squareAround({ box }: Pick<FoundFace, 'box'>): Square {
  const side = Math.max(1, Math.round(Math.max(box.width, box.height) * MARGIN));
  return {
    left: Math.round(box.left + box.width / 2 - side / 2),
    top: Math.round(box.top + box.height / 2 - side / 2),
    side,
  };
}

/** The largest square in the middle of a picture. */
export function middleSquare({ width, height }: Pick<Pixels, 'width' | 'height'>): Square {
  const side = Math.min(width, height);
  return { left: Math.floor((width - side) / 2), top: Math.floor((height - side) / 2), side };
}

/**
 * Cuts a square out of a picture.
 *
 * @param pixels stay as they are
 * @returns what lies beyond the edge is black
 */
export function cutSquare(pixels: Pixels, { left, top, side }: Square): Pixels {
  const data = new Uint8ClampedArray(side * side * 4);
  // Opaque black.
  for (let i = 3; i < data.length; i += 4) data[i] = 255;
  const [from, to] = [Math.max(0, left), Math.min(pixels.width, left + side)];
  if (to <= from) return { width: side, height: side, data };
  for (let y = Math.max(0, top); y < Math.min(pixels.height, top + side); y++) {
    const row = pixels.data.subarray(4 * (y * pixels.width + from), 4 * (y * pixels.width + to));
    data.set(row, 4 * ((y - top) * side + from - left));
  }
  return { width: side, height: side, data };
}
