import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';

import { fileProblem } from '../../files/fileProblem';
import { show } from '../../errors/show';

const PICTURE_EXTENSION = /\.(bmp|gif|jpe?g|png)$/i;

/** Why something is not in a dataset, as `skipped` says it. */
export const SKIPPED = {
  hidden: 'hidden',
  ofArchive: 'what macOS puts into archives beside the files',
  outside: 'not in a class folder',
  linkedFolder: 'a link to a folder, not followed',
  otherName: 'no .bmp, .gif, .jpeg, .jpg or .png',
} as const;

/** A picture and the index of its class in `classNames`. */
export interface LabelledPicture {
  path: string;
  label: number;
}

/** A file or folder that is not in the dataset, and why. */
export interface SkippedFile {
  path: string;
  reason: string;
}

/** What was found in a folder of class folders. */
export interface PictureList {
  classNames: string[];
  pictures: LabelledPicture[];
  skipped: SkippedFile[];
}

/**
 * Lists the pictures of a folder of class folders, in the order of Keras' `index_directory`. No file is opened.
 *
 * @param directory a folder that holds one folder per class
 * @returns classes by name; pictures by class, then by folder, then by name; all that was passed over
 * @throws {Error} when the folder or a class folder is missing or unreadable, a class folder leads back to it, there are
 *   fewer than two classes, or they are the parts of a split
 *
 * @example
 * const { classNames, pictures } = await listPictures('data/happy-or-sad');
 * classNames; // ['happy', 'sad']
 */
export async function listPictures(directory: string): Promise<PictureList> {
  const skipped: SkippedFile[] = [];
  const classNames: string[] = [];
  for (const entry of await entriesOf(directory)) {
    const entryPath = path.join(directory, entry.name);
    if (entry.name.startsWith('.')) skipped.push({ path: entryPath, reason: SKIPPED.hidden });
    else if (entry.name === '__MACOSX') {
      skipped.push({ path: entryPath, reason: SKIPPED.ofArchive });
    } else if (await isFolder(entry, entryPath)) classNames.push(entry.name);
    else skipped.push({ path: entryPath, reason: SKIPPED.outside });
  }
  if (classNames.length < 2) {
    const found = classNames.length === 0 ? 'none' : `only ${show(classNames[0])}`;
    throw new Error(
      `Cannot load pictures from ${show(directory)}: folders for at least two classes are required, got ${found}` +
        (await deeperClasses(directory, classNames)) +
        (classNames.length === 0 ? ownPictures(skipped) : ''),
    );
  }

  await checkNoParts(directory, classNames);

  const pictures: LabelledPicture[] = [];
  for (const [label, className] of classNames.entries()) {
    const folder = path.join(directory, className);
    await checkLeadsElsewhere(className, folder, directory);
    for (const picturePath of await picturesUnder(folder, skipped)) {
      pictures.push({ path: picturePath, label });
    }
  }
  return { classNames, pictures, skipped };
}

/**
 * Lists the pictures in a folder and the folders in it, by folder, then by name. It follows no link to a folder, which
 * could lead in a circle.
 *
 * @param top the folder
 * @param skipped gets what was passed over
 * @throws {Error} when a folder cannot be read
 */
export async function picturesUnder(top: string, skipped: SkippedFile[]): Promise<string[]> {
  const found = new Map<string, string[]>([[top, []]]);
  for (const [folder, paths] of found) {
    for (const entry of await entriesOf(folder)) {
      const entryPath = path.join(folder, entry.name);
      const skip = (reason: string) => skipped.push({ path: entryPath, reason });
      if (entry.name.startsWith('.')) skip(SKIPPED.hidden);
      else if (entry.isDirectory()) found.set(entryPath, []);
      else if (await isFolder(entry, entryPath)) skip(SKIPPED.linkedFolder);
      else if (PICTURE_EXTENSION.test(entry.name)) paths.push(entryPath);
      else skip(SKIPPED.otherName);
    }
  }
  return inPythonOrder([...found], ([folder]) => folder).flatMap(([, paths]) => paths);
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  const entries = await reading(folder, readdir(folder, { withFileTypes: true }));
  return inPythonOrder(entries, ({ name }) => name);
}

async function isFolder(entry: Dirent, entryPath: string): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  // A link to nothing, or in a circle, is taken for a file; reading it gives the reason.
  return stat(entryPath).then(
    (target) => target.isDirectory(),
    () => false,
  );
}

/** Where an archive was unpacked into a folder of its own, the classes lie in that. */
async function deeperClasses(directory: string, [only]: readonly string[]): Promise<string> {
  if (only === undefined) return '';
  const folder = path.join(directory, only);
  const inside = (await entriesOf(folder)).filter((entry) => entry.isDirectory());
  const names = inside.map(({ name }) => name).filter((name) => name !== '__MACOSX');
  if (names.length < 2) return '';
  return `; if ${names.slice(0, 3).map(show).join(', ')} in it are the classes, the folder is ${show(folder)}`;
}

/** Where the folder of a class is given in place of the one above. */
function ownPictures(skipped: readonly SkippedFile[]): string {
  const isPicture = ({ path: file, reason }: SkippedFile) =>
    reason === SKIPPED.outside && PICTURE_EXTENSION.test(file);
  if (!skipped.some(isPicture)) return '';
  return '; it holds pictures itself: if it is one of the classes, give the folder above it';
}

/** What the parts of a split are called where people share pictures: a word of the folder's name. */
const wordOf = (words: string) =>
  new RegExp(`(^|[^a-z])(${words})(set|data|images?|pictures?|imgs?)?($|[^a-z])`, 'i');
const TRAINING = wordOf('train(ing)?');
const OTHER_PARTS = [
  wordOf('val(id(ation)?)?|dev|eval(uation)?'),
  wordOf('test(ing)?|hold.?out|pred(iction)?s?|unlabell?ed'),
];

/** As two classes, "train" and "val" would be trained without a word. */
async function checkNoParts(directory: string, classNames: readonly string[]): Promise<void> {
  const parts = [TRAINING, ...OTHER_PARTS].flatMap((part) =>
    classNames.filter((name) => part.test(name)),
  );
  if (parts.length < 2 || !TRAINING.test(parts[0]!) || TRAINING.test(parts.at(-1)!)) return;
  const folders = parts.map((name) => path.join(directory, name));
  const entries = await entriesOf(folders[0]!);
  if (entries.filter((entry) => entry.isDirectory()).length < 2) return;
  const [training, ...others] = folders.map((folder) => JSON.stringify(folder));
  const evaluations = others.map(
    (folder) => `npx smile-lab evaluate --model MODEL --data ${folder}`,
  );
  throw new Error(
    `Cannot load pictures from ${show(directory)}: a folder for each class is required, got the parts of a split, ` +
      `${parts.map(show).join(', ')}, with the classes inside. Take one of them: npx smile-lab train --data ${training}, ` +
      `then ${evaluations.join(', ')}; in a notebook the path ${training}`,
  );
}

/** A class folder may be a link, as in Keras, but not to the folder that holds it, nor to one above. */
async function checkLeadsElsewhere(
  className: string,
  folder: string,
  directory: string,
): Promise<void> {
  const target = await reading(folder, realpath(folder));
  const holder = await reading(directory, realpath(directory));
  const [firstStep] = path.relative(target, holder).split(path.sep);
  if (firstStep !== '..') {
    throw new Error(
      `Cannot load class ${show(className)}: a folder of its own is required, got a link back to ${show(target)}`,
    );
  }
}

async function reading<T>(folder: string, result: Promise<T>): Promise<T> {
  try {
    return await result;
  } catch (error) {
    throw new Error(`Cannot read folder ${show(folder)}: ${fileProblem(error)}`, { cause: error });
  }
}

/** Sorts by code point; JavaScript's own order, by UTF-16 unit, puts an emoji before "Ａ". */
function inPythonOrder<T>(items: readonly T[], textOf: (item: T) => string): T[] {
  const keyed = items.map((item) => ({ item, key: Buffer.from(textOf(item)) }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ item }) => item);
}
