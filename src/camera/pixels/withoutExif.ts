import { joined } from './joined';

const [START, EXIF, SCAN] = [0xd8, 0xe1, 0xda] as const;

/** Whether a file begins as a JPEG does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === START && bytes[2] === 0xff;
}

/**
 * A photograph without what its camera noted beside the pixels. Browsers turn a picture as noted there, and the library, as Keras,
 * does not.
 *
 * @returns a copy without its APP1 segments; the bytes themselves where it is no JPEG
 */
export function withoutExif(bytes: Uint8Array): Uint8Array {
  if (!isJpeg(bytes)) return bytes;
  const kept = [bytes.subarray(0, 2)];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== SCAN) {
    const end = at + 2 + bytes[at + 2]! * 256 + bytes[at + 3]!;
    if (bytes[at + 1] !== EXIF) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(bytes.subarray(at));
  return joined(kept);
}
