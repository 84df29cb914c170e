import path from 'node:path';

import { chunks } from './chunks';
import { decodePicture } from './decodePicture';
import { listPictures, type PictureList } from './listPictures';
import { checkPictureFile, FILES_AT_ONCE, readPictureFile } from './pictureFile';
import { show } from './show';
import { UnreadablePicture } from './UnreadablePicture';

/**
 * Lists the pictures of a folder of class folders, each of them looked at.
 *
 * @param directory A folder that holds one folder per class.
 * @param skipUnreadable Decodes each picture and lists the unreadable ones among the skipped files.
 *   Otherwise only the headers are looked at, and an unreadable one throws.
 * @returns What `listPictures` gives, without the unreadable pictures.
 * @throws {UnreadablePicture} When a picture cannot be read and is not to be skipped.
 * @throws {Error} When a class has no readable picture, and as `listPictures` does.
 *
 * @example
 * const { pictures } = await listReadablePictures('data/happy-or-sad', false);
 * pictures.length; // 80
 */
export async function listReadablePictures(
  directory: string,
  skipUnreadable: boolean,
): Promise<PictureList> {
  const { classNames, pictures, skipped } = await listPictures(directory);
  const unreadable = await problemsOf(
    pictures.map((picture) => picture.path),
    skipUnreadable,
  );
  const [first] = unreadable;
  if (first && !skipUnreadable) {
    const count = unreadable.size > 1 ? ` (the first of ${unreadable.size} such pictures)` : '';
    throw new UnreadablePicture(show(first[0]), `${first[1]}${count}`);
  }
  const readable = pictures.filter((picture) => !unreadable.has(picture.path));
  for (const [label, className] of classNames.entries()) {
    if (!readable.some((picture) => picture.label === label)) {
      const folder = show(path.join(directory, className));
      throw new Error(`Cannot load class ${show(className)}: no readable picture in ${folder}`);
    }
  }
  const left = [...unreadable].map(([unreadablePath, reason]) => ({
    path: unreadablePath,
    reason,
  }));
  return { classNames, pictures: readable, skipped: [...skipped, ...left] };
}

/** Unreadable paths and the reason for each, in the order given. */
async function problemsOf(
  paths: readonly string[],
  isThorough: boolean,
): Promise<Map<string, string>> {
  const problems = new Map<string, string>();
  for (const chunk of chunks(paths, FILES_AT_ONCE)) {
    const found = await Promise.all(chunk.map((file) => problemOf(file, isThorough)));
    for (const [i, file] of chunk.entries()) {
      const problem = found[i];
      if (problem !== undefined) problems.set(file, problem);
    }
  }
  return problems;
}

async function problemOf(file: string, isThorough: boolean): Promise<string | undefined> {
  try {
    if (isThorough) {
      const bytes = await readPictureFile(file);
      decodePicture(bytes, show(file), { imageSize: [1, 1], interpolation: 'nearest' }).dispose();
    } else {
      await checkPictureFile(file);
    }
    return undefined;
  } catch (error) {
    if (error instanceof UnreadablePicture) return error.reason;
    throw error;
  }
}
