import type { Stats } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';

import { bmpColours } from './bmpColours';
import { colorModeProblem, type ColorMode } from './colorMode';
import { fileProblem } from '../../files/fileProblem';
import type { LabelledPicture } from './listPictures';
import { isJpeg, pictureSize } from './pictureSize';
import { show } from '../../errors/show';
import { mayBeTransparent } from './transparentColour';
import { UnreadablePicture } from './UnreadablePicture';

/**
 * Largest picture that is decoded, in pixels: 134 million, 400 MB at three bytes each. The largest cameras in common
 * use give 100 million; far beyond that a file of some kilobytes could fill the memory and kill the notebook.
 */
export const MAX_PIXELS = 2 ** 27;

/** Files read at the same time: enough to keep the disk busy, and far from the number a process may open. */
export const FILES_AT_ONCE = 32;

/** Enough for nearly every header; a JPEG may carry more than this before its size. */
export const HEADER_BYTES = 64 * 1024;

/** What a picture's first bytes say. */
export interface PictureHeader {
  /** In pixels. */
  size: [width: number, height: number];
  isJpeg: boolean;
  /** Whether a PNG, GIF or BMP has room for transparency; what lies there nobody has looked at. */
  mayBeTransparent: boolean;
  /** Whether it is a BMP whose colours TensorFlow gets wrong. */
  isMiscoloured: boolean;
}

/** What a look at a picture file shows. */
export interface PictureFile extends PictureHeader {
  /** Distinguishes one state of the file from another, by its length and the time of its last change. */
  stamp: string;
}

/** A picture whose header has been looked at. */
export type CheckedPicture = LabelledPicture & PictureFile;

/**
 * Checks a picture's header: that TensorFlow knows the format, decodes it in the color mode, and that the picture is not too
 * large to decode.
 *
 * @param bytes the whole picture, or its beginning as far as the size
 * @throws {Error} the message is the bare reason
 *
 * @example
 * checkHeader(await readFile('data/happy-or-sad/happy/noto-1f600-grinning-face.png'));
 */
export function checkHeader(bytes: Buffer, colorMode: ColorMode = 'rgb'): PictureHeader {
  const size = pictureSize(bytes);
  if (!size) throw new Error('it is cut off in its header');
  const [width, height] = size;
  if (width * height > MAX_PIXELS) {
    throw new Error(`at most ${MAX_PIXELS} pixels are decoded, it has ${width}×${height}`);
  }
  const reason = colorModeProblem(bytes, colorMode);
  if (reason !== undefined) throw new Error(reason);
  return {
    size,
    isJpeg: isJpeg(bytes),
    mayBeTransparent: mayBeTransparent(bytes),
    isMiscoloured: bmpColours(bytes) !== undefined,
  };
}

/**
 * Checks a picture file without reading all of it.
 *
 * @param path the file
 * @throws {UnreadablePicture} when the file cannot be read, is no picture, none of that color mode, or too large to decode
 *
 * @example
 * await checkPictureFile('me.jpg'); // { stamp: '2275360 1795182841529', size: [4000, 3000], isJpeg: true, … }
 */
export async function checkPictureFile(path: string, colorMode?: ColorMode): Promise<PictureFile> {
  return named(path, async () => {
    const stamp = stampOf(await checkIsFile(path));
    const beginning = await readBeginning(path);
    const goesOn = beginning.length === HEADER_BYTES && pictureSize(beginning) === undefined;
    return { stamp, ...checkHeader(goesOn ? await readFile(path) : beginning, colorMode) };
  });
}

/**
 * Looks whether a picture file is still what `checkPictureFile` has seen.
 *
 * @param path the file
 * @returns its stamp now; undefined when it is gone or cannot be looked at
 *
 * @example
 * const { stamp } = await checkPictureFile('me.jpg');
 * (await currentStamp('me.jpg')) === stamp; // false after the file was replaced
 */
export async function currentStamp(path: string): Promise<string | undefined> {
  return stat(path).then(stampOf, () => undefined);
}

/**
 * Reads a picture file whole.
 *
 * @param path the file
 * @returns the encoded picture
 * @throws {UnreadablePicture} when the file cannot be read
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

/**
 * Reads the first bytes of a file, enough to know what it is.
 *
 * @param path the file
 * @returns up to 64 KiB; all of it where that is less
 * @throws {Error} when the file cannot be read; of `node:fs`, or with the bare reason as its message
 *
 * @example
 * const beginning = await readBeginning('data/happy-or-sad/happy/noto-1f600-grinning-face.png');
 */
export async function readBeginning(path: string): Promise<Buffer> {
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
async function checkIsFile(path: string): Promise<Stats> {
  const found = await stat(path);
  if (found.isDirectory()) throw new Error('it is a folder');
  if (!found.isFile()) throw new Error('it is no regular file');
  return found;
}

function stampOf({ size, mtimeMs }: Stats): string {
  return `${size} ${mtimeMs}`;
}

async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new UnreadablePicture(show(path), fileProblem(error), { cause: error });
  }
}
