import path from 'node:path';

import { deleteNative } from '../../tensorflow/native/nativeTensor';
import { chunks } from './chunks';
import { decodePicture } from '../decoding/decodePicture';
import type { ColorMode } from '../formats/colorMode';
import { type LabelledPicture, listPictures, type PictureList } from '../formats/listPictures';
import {
  checkPictureFile,
  type CheckedPicture,
  FILES_AT_ONCE,
  readPictureFile,
} from '../formats/pictureFile';
import { PictureStream } from '../decoding/pictureStream';
import { type CheckedResizing, checkedResizing } from '../formats/resizing';
import { show } from '../../errors/show';
import { UnreadablePicture } from '../formats/UnreadablePicture';

/** What was found in a folder of class folders, and looked at. */
export interface ReadablePictures extends PictureList {
  pictures: CheckedPicture[];
}

/**
 * Lists the pictures of a folder of class folders, each of them looked at.
 *
 * @param directory a folder that holds one folder per class
 * @param skipUnreadable decodes each picture and lists the unreadable ones among the skipped files.
 *   Otherwise only the headers are looked at, and an unreadable one throws
 * @param colorMode in which they are to be read
 * @returns what `listPictures` gives, without the unreadable pictures
 * @throws {UnreadablePicture} when a picture cannot be read and is not to be skipped
 * @throws {Error} when a class has no readable picture, and as `listPictures` does
 *
 * @example
 * const { pictures } = await listReadablePictures('data/happy-or-sad', false);
 * pictures.length; // 80
 */
export async function listReadablePictures(
  directory: string,
  skipUnreadable: boolean,
  colorMode?: ColorMode,
): Promise<ReadablePictures> {
  const { classNames, pictures, skipped } = await listPictures(directory);
  const { readable, unreadable } = await lookAtPictures(pictures, skipUnreadable, colorMode);
  const [first] = unreadable;
  if (first && !skipUnreadable) {
    const count =
      unreadable.size > 1 ? ` (at least ${unreadable.size} pictures cannot be read)` : '';
    throw new UnreadablePicture(show(first[0]), `${first[1]}${count}`);
  }
  const there = new Set(readable.map(({ label }) => label));
  for (const [label, className] of classNames.entries()) {
    if (!there.has(label)) {
      const folder = show(path.join(directory, className));
      throw new Error(`Cannot load class ${show(className)}: no readable picture in ${folder}`);
    }
  }
  const left = [...unreadable].map(([file, reason]) => ({ path: file, reason }));
  return { classNames, pictures: readable, skipped: [...skipped, ...left] };
}

/**
 * Looks at picture files.
 *
 * @param isThorough decodes each; otherwise only the headers are looked at
 * @returns the readable ones, and for each path of the others the reason, both in the order given
 */
export async function lookAtPictures(
  pictures: readonly LabelledPicture[],
  isThorough: boolean,
  colorMode?: ColorMode,
): Promise<{ readable: CheckedPicture[]; unreadable: Map<string, string> }> {
  const checked: CheckedPicture[] = [];
  const problems = new Map<string, string>();
  for (const chunk of chunks(pictures, FILES_AT_ONCE)) {
    const found = await Promise.all(
      chunk.map((picture) => problemOr(checkPictureFile(picture.path, colorMode))),
    );
    for (const [i, picture] of chunk.entries()) {
      const file = found[i];
      if (typeof file === 'string') problems.set(picture.path, file);
      else if (file) checked.push({ ...picture, ...file });
    }
  }
  if (isThorough) await addProblemsInDecoding(problems, checked, colorMode);
  const unreadable = pictures.flatMap(({ path }): Array<[string, string]> => {
    const reason = problems.get(path);
    return reason === undefined ? [] : [[path, reason]];
  });
  const readable = checked.filter(({ path }) => !problems.has(path));
  return { readable, unreadable: new Map(unreadable) };
}

async function addProblemsInDecoding(
  problems: Map<string, string>,
  pictures: CheckedPicture[],
  colorMode?: ColorMode,
): Promise<void> {
  // All of a picture is decoded, whatever the size to which it is brought.
  const smallest = checkedResizing('Cannot decode pictures', { imageSize: [1, 1], colorMode });
  const stream = new PictureStream(pictures, smallest, FILES_AT_ONCE);
  try {
    for (const { path } of pictures) {
      const decoded = await stream.next();
      if (decoded !== undefined) {
        deleteNative(decoded);
        continue;
      }
      const reason = await problemOr(decodeAlone(path, smallest));
      if (typeof reason === 'string') problems.set(path, reason);
    }
  } finally {
    stream.close();
  }
}

async function decodeAlone(path: string, resizing: CheckedResizing): Promise<void> {
  decodePicture(await readPictureFile(path), show(path), resizing).dispose();
}

/** What an attempt gives, or the reason why a picture cannot be read. */
async function problemOr<T>(attempt: Promise<T>): Promise<T | string> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof UnreadablePicture) return error.reason;
    throw error;
  }
}
