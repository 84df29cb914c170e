import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { show } from '../../errors/show';
import { bmpColours } from '../formats/bmpColours';
import { hasTransparentPixels } from '../formats/hasTransparentPixels';
import { type CheckedPicture, FILES_AT_ONCE } from '../formats/pictureFile';
import { type CheckedResizing, dropsAlpha } from '../formats/resizing';
import { chunks } from './chunks';

/** Why a network gets to see other colours than people do, in words behind those that say which pictures. */
interface Reason {
  one: string;
  several: string;
  end: string;
  /** Folders that were warned of; '' stands for pictures that are no files. */
  folders: Set<string>;
}

/** The pixels are right, those of Keras. */
const TRANSPARENT: Reason = {
  one: 'has',
  several: 'have',
  end:
    'transparent pixels. As in Keras transparency is dropped, and the colours hidden under it show, mostly black. ' +
    "To lay such pictures on white, set background: 'white' where they are loaded and in the classifier's input (in the terminal: --background white).",
  folders: new Set(),
};

const MISCOLOURED: Reason = {
  one: 'is a BMP',
  several: 'are BMPs',
  end:
    'with a palette or with masks. TensorFlow, and so Keras, gets their colours wrong: red and blue faces may come out alike. ' +
    'Save such pictures as PNG.',
  folders: new Set(),
};

/**
 * Says once a folder that some of its pictures have transparent pixels, whose hidden colours a network gets to see, and that
 * some are BMPs whose colours TensorFlow gets wrong.
 *
 * @param pictures looked at; those that may be transparent are read and decoded once more, where transparency is dropped
 *
 * @example
 * const { readable } = await lookAtPictures(pictures, false);
 * await warnOfColours(readable, checkedResizing('Cannot load pictures', {}));
 */
export async function warnOfColours(
  pictures: readonly CheckedPicture[],
  resizing: CheckedResizing,
): Promise<void> {
  const unknown = dropsAlpha(resizing) ? pictures.filter((each) => each.mayBeTransparent) : [];
  const transparent: CheckedPicture[] = [];
  for (const chunk of chunks(unknown.filter(isNewTo(TRANSPARENT)), FILES_AT_ONCE)) {
    const found = await Promise.all(
      chunk.map(async ({ path: file }) =>
        hasTransparentPixels(await readFile(file).catch(() => Buffer.of())),
      ),
    );
    transparent.push(...chunk.filter((_, i) => found[i]));
  }
  warnOf(TRANSPARENT, transparent, pictures.length);
  const miscoloured = pictures.filter(({ isMiscoloured }) => isMiscoloured);
  warnOf(MISCOLOURED, miscoloured.filter(isNewTo(MISCOLOURED)), pictures.length);
}

/**
 * As `warnOfColours`, of one picture that was read already.
 *
 * @param name what to call it
 * @param folder where it lies; '' where it is no file
 */
export async function warnOfOne(
  bytes: Buffer,
  name: string,
  folder: string,
  resizing: CheckedResizing,
): Promise<void> {
  const warn = (reason: Reason) => say(reason, `${name} ${reason.one}`, [folder]);
  if (!MISCOLOURED.folders.has(folder) && bmpColours(bytes) !== undefined) warn(MISCOLOURED);
  if (!dropsAlpha(resizing) || TRANSPARENT.folders.has(folder)) return;
  if (await hasTransparentPixels(bytes)) warn(TRANSPARENT);
}

function isNewTo({ folders }: Reason) {
  return ({ path: file }: CheckedPicture) => !folders.has(path.dirname(file));
}

function warnOf(reason: Reason, found: readonly CheckedPicture[], all: number): void {
  const [first] = found;
  if (!first) return;
  const name = show(first.path);
  const who = all === 1 ? name : `${found.length} of ${all} pictures, the first of them ${name},`;
  const verb = found.length === 1 ? reason.one : reason.several;
  const folders = found.map(({ path: file }) => path.dirname(file));
  say(reason, `${who} ${verb}`, folders);
}

function say({ folders, end }: Reason, beginning: string, of: readonly string[]): void {
  for (const folder of of) folders.add(folder);
  // A dataset has no other way to speak.
  // eslint-disable-next-line no-console
  console.warn(`${beginning} ${end}`);
}
