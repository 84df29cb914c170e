import path from 'node:path';
import type { Background } from '../../images/formats/background';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkPath } from '../../errors/checkPath';
import { type CheckReport, isInvalid, type PictureProblem } from './checkReport';
import { chunks } from '../../images/datasets/chunks';
import type { ColorMode } from '../../images/formats/colorMode';
import { checkedResizing } from '../../images/formats/resizing';
import { duplicateProblems } from './duplicateProblems';
import { type Inspection, inspectPicture, LOADED } from './inspectPicture';
import type { Reading } from './reading';
import { listPictures, SKIPPED } from '../../images/formats/listPictures';
import { FILES_AT_ONCE, readBeginning } from '../../images/formats/pictureFile';
import { pictureType } from '../../images/formats/pictureType';
import { likeNamedClasses } from '../likeNamedClasses';
import { nameOf } from '../namedPicture';
import { readManifest } from '../pictureManifest';
import { show } from '../../errors/show';

/** A class with fewer than half of the pictures of another one: always guessing the other is right in two of three. */
const IMBALANCE = 2;

/** Of 255: nobody sees anything in a picture whose values lie nearer to each other. */
const LEAST_CONTRAST = 12;

/** Options of `checkPictures`. */
export interface CheckOptions {
  /** Called now and then while files are looked at. */
  onProgress?: (done: number, files: number) => void;
  /** What transparent pictures will be laid on in training; when left out their transparency is dropped, with a warning. */
  background?: Background;
  /** In which color mode they will be loaded; `'rgb'` when left out. */
  colorMode?: ColorMode;
}

/** A file of the folder; `name` is its path inside it, with `/`. */
interface Checked extends Inspection {
  name: string;
  className: string;
}

/**
 * Looks at every file of a folder of class folders, and reports what a training would stumble over or be fooled by.
 * Nothing is changed. fast.ai's `verify_images` finds what cannot be opened; Keras has none.
 *
 * Invalid files, which no training can use: `empty`; `unreadable`; `not-a-picture`; `unsupported` (HEIC, AVIF, SVG, TIFF,
 * JPEG XL, whatever their names, and what is not read in the color mode); `unknown-extension`, a picture that the loader, as
 * that of Keras, passes over for its name (a WebP named .webp, too; one named .png is read); `outside-classes`, a picture beside the class
 * folders; `cut-off`; `too-large`, over 134 million pixels.
 *
 * Suspect ones, which can be used: `two-classes`, the same picture in another class, too; `exact-duplicate`, the same bytes;
 * `near-duplicate`, the same picture scaled, compressed, made brighter or cropped a little (see `isSame`), directly or through
 * others in between; `look-alike`, another picture that looks the same at first sight; `wrong-extension`; `damaged`; `too-small`, a side under 32 pixels; `animated`; `cmyk`; `transparent`; `16-bit`;
 * `exif-rotation`. And of folders: `linked-folder`; `no-contrast`, all of its pictures are nearly black or of one
 * colour each; `empty-class`; `class-imbalance`, fewer than half as many as another; `like-named`, as "happy" and "Happy".
 *
 * Where a manifest names groups (see `readManifest`), as for the drawn faces of `data/`, only equal bytes are duplicates.
 *
 * @param directory folder that holds one folder per class, at least two
 * @param options.onProgress called with the number of files that are done and of all
 * @param options.background what transparent pictures will be laid on; when left out they are reported
 * @param options.colorMode in which the pictures will be loaded: with `'grayscale'` they are compared as greys, with `'rgba'`
 *   transparency is kept; `'rgb'` when left out
 * @returns counts, and a problem or several for each file that has some, in the order of the files
 * @throws {Error} when the folder or a class folder cannot be listed, or there are fewer than two classes
 *
 * @example
 * const { files, valid, problems } = await checkPictures('my-faces');
 * problems[0]; // { file: 'sad/half.jpg', kind: 'cut-off', detail: 'it ends before the picture does', others: [] }
 */
export async function checkPictures(
  directory: string,
  options: CheckOptions = {},
): Promise<CheckReport> {
  checkPath('Cannot check pictures', 'a folder', directory);
  const action = `Cannot check pictures in ${show(directory)}`;
  checkOptionNames(action, options, { onProgress: true, background: true, colorMode: true });
  const { onProgress, ...given } = options;
  const reading = checkedResizing(action, given);
  const { classNames, files, linkedFolders } = await filesOf(directory);
  const manifest = await readManifest(directory);
  const checked: Checked[] = [];
  for (const chunk of chunks(files, FILES_AT_ONCE)) {
    checked.push(...(await Promise.all(chunk.map((file) => inspected(directory, file, reading)))));
    onProgress?.(checked.length, files.length);
  }

  const valid = checked.filter(({ digest }) => digest !== undefined);
  const duplicates = duplicateProblems(
    // Drawings that a manifest knows apart are not compared.
    valid.map(({ digest = '', fingerprint, ...file }) => ({
      ...file,
      digest,
      fingerprint: manifest ? undefined : fingerprint,
    })),
  );
  const problems: PictureProblem[] = [];
  for (const file of checked) {
    for (const problem of file.problems) problems.push({ file: file.name, ...problem, others: [] });
    problems.push(...(duplicates.get(file.name) ?? []));
  }
  for (const folder of linkedFolders) {
    const detail = 'it is a link to a folder, and the loader does not follow it';
    problems.push({ file: folder, kind: 'linked-folder', detail, others: [] });
  }
  const ofClasses = new Map(classNames.map((name) => [name, [] as Checked[]]));
  for (const file of valid) ofClasses.get(file.className)?.push(file);
  const classes = [...ofClasses].map(([name, own]) => ({ name, count: own.length }));
  problems.push(...withoutContrast(ofClasses), ...balanceOf(classes), ...likeNamed(classNames));
  const invalid = new Set(problems.filter(isInvalid).map(({ file }) => file));
  return { files: files.length, valid: files.length - invalid.size, problems, classes };
}

interface Listed {
  path: string;
  isOutside: boolean;
}

async function filesOf(directory: string) {
  const { classNames, pictures, skipped } = await listPictures(directory);
  const files: Listed[] = pictures.map((picture) => ({ path: picture.path, isOutside: false }));
  const linkedFolders: string[] = [];
  for (const file of skipped) {
    if (file.reason === SKIPPED.otherName) files.push({ path: file.path, isOutside: false });
    if (file.reason === SKIPPED.linkedFolder) linkedFolders.push(nameOf(directory, file.path));
    if (file.reason === SKIPPED.outside && (await isPicture(file.path))) {
      files.push({ path: file.path, isOutside: true });
    }
  }
  return { classNames, files, linkedFolders };
}

/** Whether a file that is in no class folder is a picture, by its name or its content. */
async function isPicture(file: string): Promise<boolean> {
  if (LOADED.includes(path.extname(file).slice(1).toLowerCase())) return true;
  return readBeginning(file).then(
    (beginning) => pictureType(beginning) !== undefined,
    () => false,
  );
}

async function inspected(
  directory: string,
  { path: file, isOutside }: Listed,
  reading: Reading,
): Promise<Checked> {
  const name = nameOf(directory, file);
  if (isOutside) {
    const detail = 'it lies beside the class folders, and so belongs to no class';
    return { name, className: '', problems: [{ kind: 'outside-classes', detail }] };
  }
  const [className = ''] = name.split('/');
  return { name, className, ...(await inspectPicture(file, reading)) };
}

/** Suspect where nothing is to be seen in any picture of a class: a faulty export, or what the loader makes of a rare kind. */
function withoutContrast(ofClasses: ReadonlyMap<string, Checked[]>): PictureProblem[] {
  return [...ofClasses].flatMap(([name, own]): PictureProblem[] => {
    const isPlain = own.every(({ contrast = Infinity }) => contrast < LEAST_CONTRAST);
    if (own.length === 0 || !isPlain) return [];
    const isBlack = own.every(({ brightest = Infinity }) => brightest < LEAST_CONTRAST);
    const detail = `as the loader sees them, all of its pictures are nearly ${isBlack ? 'black' : 'of one colour each'}: look at some`;
    return [{ file: name, kind: 'no-contrast', detail, others: [] }];
  });
}

/** Suspect where a class has less than half of the pictures of another one. */
function balanceOf(classes: CheckReport['classes']): PictureProblem[] {
  const { name: largest, count: most } = classes.reduce((a, b) => (b.count > a.count ? b : a));
  return classes.flatMap(({ name, count }): PictureProblem[] => {
    const others = [largest];
    if (count === 0) {
      const detail = 'it holds no picture that the loader reads';
      return [{ file: name, kind: 'empty-class', detail, others: [] }];
    }
    if (count * IMBALANCE >= most) return [];
    const detail = `it holds ${count} of the pictures, and ${show(largest)} ${most}`;
    return [{ file: name, kind: 'class-imbalance', detail, others }];
  });
}

/** Suspect where two names are one for a computer that does not tell capitals apart: often one class by mistake. */
function likeNamed(classNames: readonly string[]): PictureProblem[] {
  return likeNamedClasses(classNames).flatMap((names) =>
    names.map((name): PictureProblem => {
      const others = names.filter((other) => other !== name);
      const detail = `its name differs from ${show(others[0])} only in capitals: they are two classes, as in Keras; if they are one, put their pictures into one folder`;
      return { file: name, kind: 'like-named', detail, others };
    }),
  );
}
