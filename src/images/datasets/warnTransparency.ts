import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { chunks } from './chunks';
import { hasTransparentPixels } from '../formats/hasTransparentPixels';
import { FILES_AT_ONCE, type PictureFile } from '../formats/pictureFile';
import { show } from '../../errors/show';

/** Folders that were warned of; '' stands for pictures that are no files. */
const warnedFolders = new Set<string>();

/**
 * Says once a folder that some of its pictures have transparent pixels, whose hidden colours a network gets to see.
 *
 * @param pictures looked at; those that may be transparent are read and decoded once more. None where transparency is not dropped
 *
 * @example
 * const { readable } = await lookAtPictures(pictures, false);
 * await warnTransparency(readable);
 */
export async function warnTransparency(
  pictures: ReadonlyArray<{ path: string } & Pick<PictureFile, 'mayBeTransparent'>>,
): Promise<void> {
  const unknown = pictures.filter(
    ({ path: file, mayBeTransparent }) =>
      mayBeTransparent && !warnedFolders.has(path.dirname(file)),
  );
  const transparent: string[] = [];
  for (const chunk of chunks(unknown, FILES_AT_ONCE)) {
    const found = await Promise.all(
      chunk.map(async ({ path: file }) =>
        hasTransparentPixels(await readFile(file).catch(() => Buffer.of())),
      ),
    );
    transparent.push(...chunk.flatMap(({ path: file }, i) => (found[i] ? [file] : [])));
  }
  const [first] = transparent;
  if (first === undefined) return;
  for (const file of transparent) warnedFolders.add(path.dirname(file));
  const who =
    pictures.length === 1
      ? show(first)
      : `${transparent.length} of ${pictures.length} pictures, the first of them ${show(first)}, `;
  warn(pictures.length === 1 ? `${who} has` : `${who}${transparent.length === 1 ? 'has' : 'have'}`);
}

/**
 * As `warnTransparency`, of one picture that was read already.
 *
 * @param name what to call it
 * @param folder where it lies; undefined where it is no file
 */
export async function warnOneTransparent(bytes: Buffer, name: string, folder = ''): Promise<void> {
  if (warnedFolders.has(folder) || !(await hasTransparentPixels(bytes))) return;
  warnedFolders.add(folder);
  warn(`${name} has`);
}

function warn(whoHas: string): void {
  // The pixels are right, those of Keras; a dataset has no other way to speak.
  // eslint-disable-next-line no-console
  console.warn(
    `${whoHas} transparent pixels. As in Keras transparency is dropped, and the colours hidden under it show, mostly black. ` +
      "To lay such pictures on white, set background: 'white' where they are loaded and in the classifier's input (in the terminal: --background white).",
  );
}
