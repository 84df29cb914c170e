import path from 'node:path';

import { bmpColours } from '../formats/bmpColours';
import type { PictureFile } from '../formats/pictureFile';
import { show } from '../../errors/show';

/** Folders that were warned of; '' stands for pictures that are no files. */
const warnedFolders = new Set<string>();

/**
 * Says once a folder that some of its pictures are BMPs whose colours TensorFlow gets wrong.
 *
 * @param pictures looked at
 *
 * @example
 * const { readable } = await lookAtPictures(pictures, false);
 * warnMiscoloured(readable);
 */
export function warnMiscoloured(
  pictures: ReadonlyArray<{ path: string } & Pick<PictureFile, 'isMiscoloured'>>,
): void {
  const found = pictures.filter(
    ({ path: file, isMiscoloured }) => isMiscoloured && !warnedFolders.has(path.dirname(file)),
  );
  const [first] = found;
  if (!first) return;
  for (const { path: file } of found) warnedFolders.add(path.dirname(file));
  warn(
    pictures.length === 1
      ? `${show(first.path)} is a BMP`
      : `${found.length} of ${pictures.length} pictures, the first of them ${show(first.path)}, ${found.length === 1 ? 'is a BMP' : 'are BMPs'}`,
  );
}

/**
 * As `warnMiscoloured`, of one picture that was read already.
 *
 * @param name what to call it
 * @param folder where it lies; undefined where it is no file
 */
export function warnOneMiscoloured(bytes: Buffer, name: string, folder = ''): void {
  if (warnedFolders.has(folder) || bmpColours(bytes) === undefined) return;
  warnedFolders.add(folder);
  warn(`${name} is a BMP`);
}

function warn(who: string): void {
  // The pixels are those of Keras; a dataset has no other way to speak.
  // eslint-disable-next-line no-console
  console.warn(
    `${who} with a palette or with masks. TensorFlow, and so Keras, gets their colours wrong: red and blue faces may come out alike. ` +
      'Save such pictures as PNG.',
  );
}
