import { show } from '../errors/show';
import type { ServedModel } from './servedModel';
import { ServingError } from './ServingError';

/** The shape of a picture as a model takes it: height, width, channels. */
export function pictureShape({ resizing }: ServedModel): [number, number, number] {
  return [...resizing.imageSize, resizing.channels];
}

/**
 * Reads numbers of JSON that are nested as a shape says, or stand one after the other.
 *
 * @param what begins the error: "pixels"
 * @throws {ServingError} when there are others than the shape says
 */
export function numbersOf(data: unknown, shape: readonly number[], what: string): Float32Array {
  const values = new Float32Array(shape.reduce((product, side) => product * side, 1));
  const wrong = (reason: string) =>
    new ServingError(400, `${what} must be numbers of shape [${shape.join(', ')}], ${reason}`);
  let at = 0;
  const fill = (part: unknown, depth: number): void => {
    if (depth === shape.length) {
      if (typeof part !== 'number') throw wrong(`got ${show(part)}`);
      values[at++] = part;
      return;
    }
    if (!Array.isArray(part)) throw wrong(`got ${show(part)} at depth ${depth}`);
    if (part.length !== shape[depth]) {
      throw wrong(`got a list of ${part.length} at depth ${depth}`);
    }
    for (const inner of part) fill(inner, depth + 1);
  };
  if (Array.isArray(data) && typeof data[0] === 'number' && shape.length > 1) {
    if (data.length !== values.length) throw wrong(`got a list of ${data.length}`);
    for (const part of data) fill(part, shape.length);
  } else fill(data, 0);
  return values;
}

/**
 * Deals out the pixels of several pictures.
 *
 * @throws {ServingError} when one is no number from 0 to 255: of a client that has rescaled them, as the server does
 */
export function picturesOfPixels(values: Float32Array, count: number): Float32Array[] {
  const wrong = values.find((value) => !(value >= 0 && value <= 255));
  if (wrong !== undefined) {
    throw new ServingError(
      400,
      `Pixel values from 0 to 255 are required, which the server itself rescales, got ${wrong}`,
    );
  }
  const size = values.length / count;
  return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
}

/** @throws {ServingError} 413 when there are more pictures than a request may bring */
export function checkCount(count: number, most: number): void {
  if (count <= most) return;
  throw new ServingError(413, `At most ${most} pictures are accepted in a request, got ${count}`);
}
