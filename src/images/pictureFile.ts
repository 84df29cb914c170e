import { open, readFile, stat } from 'node:fs/promises';

import { fileProblem } from './fileProblem';
import { pictureSize } from './pictureSize';
import { show } from './show';
import { UnreadablePicture } from './UnreadablePicture';

/**
 * Largest picture that is decoded, in pixels: 134 million, 400 MB at three bytes each. The largest cameras in common
 * use give 100 million; far beyond that a file of some kilobytes could fill the memory and kill the notebook.
 */
export const MAX_PIXELS = 2 ** 27;

/** Files read at the same time: enough to keep the disk busy, and far from the number a process may open. */
export const FILES_AT_ONCE = 32;

/** Enough for nearly every header; a JPEG may carry more than this before its size. */
const HEADER_BYTES = 64 * 1024;

/**
 * Checks a picture's header: that TensorFlow knows the format and that the picture is not too large to decode.
 *
 * @param bytes The whole picture, or its beginning as far as the size.
 * @throws {Error} The message is the bare reason.
 *
 * @example
 * checkHeader(await readFile('data/happy-or-sad/happy/noto-1f600-grinning-face.png'));
 */
export function checkHeader(bytes: Buffer): void {
  const size = pictureSize(bytes);
  if (!size) throw new Error('it is cut off in its header');
  const [width, height] = size;
  if (width * height > MAX_PIXELS) {
    throw new Error(`at most ${MAX_PIXELS} pixels are decoded, it has ${width}×${height}`);
  }
}

/**
 * Checks a picture file without reading all of it.
 *
 * @param path The file.
 * @throws {UnreadablePicture} When the file cannot be read, is no picture, or is too large to decode.
 *
 * @example
 * await checkPictureFile('data/happy-or-sad/happy/noto-1f600-grinning-face.png');
 */
export async function checkPictureFile(path: string): Promise<void> {
  return named(path, async () => {
    const beginning = await readBeginning(path);
    const goesOn = beginning.length === HEADER_BYTES && pictureSize(beginning) === undefined;
    checkHeader(goesOn ? await readFile(path) : beginning);
  });
}

/**
 * Reads a picture file whole.
 *
 * @param path The file.
 * @returns The encoded picture.
 * @throws {UnreadablePicture} When the file cannot be read.
 *
 * @example
 * const bytes = await readPictureFile('data/happy-or-sad/happy/noto-1f600-grinning-face.png');
 */
export async function readPictureFile(path: string): Promise<Buffer> {
  return named(path, async () => {
    await checkIsFile(path);
    return readFile(path);
  });
}

async function readBeginning(path: string): Promise<Buffer> {
  await checkIsFile(path);
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Opening a named pipe would wait for ever. */
async function checkIsFile(path: string): Promise<void> {
  const found = await stat(path);
  if (found.isDirectory()) throw new Error('it is a folder');
  if (!found.isFile()) throw new Error('it is no regular file');
}

async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UnreadablePicture(show(path), fileProblem(error), { cause: error });
  }
}
