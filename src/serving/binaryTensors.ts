import { listed } from '../errors/listed';
import { show } from '../errors/show';
import { ServingError } from './ServingError';

type Reader = (bytes: Buffer, at: number) => number;

/** The data types in which pixels are taken: bytes of each, and how they are read. */
const NUMBERS: Record<string, [size: number, read: Reader]> = {
  UINT8: [1, (bytes, at) => bytes.readUInt8(at)],
  INT16: [2, (bytes, at) => bytes.readInt16LE(at)],
  UINT16: [2, (bytes, at) => bytes.readUInt16LE(at)],
  INT32: [4, (bytes, at) => bytes.readInt32LE(at)],
  UINT32: [4, (bytes, at) => bytes.readUInt32LE(at)],
  FP32: [4, (bytes, at) => bytes.readFloatLE(at)],
  FP64: [8, (bytes, at) => bytes.readDoubleLE(at)],
};

/** @throws {ServingError} when pixels are not taken in a data type */
export function checkNumberType(datatype: string): void {
  if (Object.hasOwn(NUMBERS, datatype)) return;
  throw new ServingError(
    400,
    `The datatype of pixels must be one of ${listed(Object.keys(NUMBERS))}, got ${show(datatype)}`,
  );
}

/**
 * Reads numbers as the binary tensor extension sends them, in the order of the tensor, little-endian.
 *
 * @throws {ServingError} when there are more or fewer bytes than the shape says
 */
export function numbersOfBytes(
  bytes: Buffer,
  datatype: string,
  shape: readonly number[],
): Float32Array {
  checkNumberType(datatype);
  const [size, read] = NUMBERS[datatype]!;
  const count = shape.reduce((product, side) => product * side, 1);
  if (bytes.length !== count * size) {
    throw new ServingError(
      400,
      `${datatype} of shape [${shape.join(', ')}] takes ${count * size} bytes, got ${bytes.length}`,
    );
  }
  if (datatype === 'UINT8') return Float32Array.from(bytes);
  return Float32Array.from({ length: count }, (_, i) => read(bytes, i * size));
}

/**
 * Reads texts as the binary tensor extension sends them: before each its length, in four bytes.
 *
 * @throws {ServingError} when they are more, fewer or longer than said
 */
export function textsOfBytes(bytes: Buffer, count: number): Buffer[] {
  const texts: Buffer[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    texts.push(bytes.subarray(at + 4, end));
    at = end;
  }
  if (at === bytes.length && texts.length === count) return texts;
  throw new ServingError(
    400,
    `${count} texts with their lengths are required, got ${texts.length} that are whole, and ${bytes.length - at} bytes behind them`,
  );
}

/** The same the other way. */
export function bytesOfTexts(texts: readonly string[]): Buffer {
  return Buffer.concat(
    texts.flatMap((text) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}
