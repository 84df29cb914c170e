import {
  type ImageDataset,
  imageDatasetFromDirectory,
} from '../images/datasets/imageDatasetFromDirectory';
import { imageDatasetFromFiles } from '../images/datasets/imageDatasetFromFiles';
import { type LabelledPicture, listPictures } from '../images/formats/listPictures';
import { likeNamedClasses } from '../collections/likeNamedClasses';
import type { PictureSplit } from '../collections/splitting/pictureSplit';
import { splitPictures } from '../collections/splitting/splitPictures';
import { labelModeFor } from '../models/outputLayer';
import { listed } from '../errors/listed';
import type { Recipe } from './recipe';
import type { Run } from './recipeOptions';

/** More names than these nobody reads. */
const MOST_NAMED = 12;

/** The pictures of a run: lists, and the batches of those that are trained and validated with. */
export interface RecipePictures {
  classNames: string[];
  train: { pictures: LabelledPicture[]; batches: ImageDataset };
  /** Empty without a split, and so is `test`. */
  validation: { pictures: LabelledPicture[]; batches?: ImageDataset };
  test: LabelledPicture[];
  /** Where the recipe splits: what was dealt out, to be written down. */
  split?: PictureSplit;
}

/** What says which pictures a run has. */
type PicturesOfRun = Pick<Run, 'data' | 'seed' | 'loading'>;

/**
 * @param print receives a sentence where classes may be one by mistake
 * @throws {Error} when the folder does not hold as many classes as the recipe allows
 */
export async function checkClasses(
  { name, classes: { least, most } }: Recipe,
  data: string,
  print: (line: string) => void,
): Promise<void> {
  const { classNames } = await listPictures(data);
  if (classNames.length >= least && classNames.length <= most) {
    for (const names of likeNamedClasses(classNames)) {
      print(`${listed(names)} differ only in capitals, and are trained as ${names.length} classes`);
    }
    return;
  }
  const exactly =
    least === 2 && most === 2
      ? 'exactly two'
      : least === most
        ? `exactly ${least}`
        : `${least} to ${most}`;
  throw new Error(
    `Cannot train ${name} on ${JSON.stringify(data)}: folders for ${exactly} classes are required, got ${classNames.length}: ${listed(classNames)}`,
  );
}

/** All pictures of a folder, to train with. */
export async function allPictures(
  { data, seed, loading }: PicturesOfRun,
  print: (line: string) => void,
): Promise<RecipePictures> {
  const labelMode = loading.labelMode ?? labelModeFor((await listPictures(data)).classNames.length);
  const batches = await imageDatasetFromDirectory(data, { ...loading, labelMode, seed });
  const { classNames, filePaths, labels, skipped } = batches;
  print(`${filePaths.length} pictures, ${classesInWords(classNames)}`);
  const [first] = skipped;
  if (first) {
    const count = skipped.length === 1 ? '1 file' : `${skipped.length} files`;
    print(`${count} skipped, the first: ${first.path} (${first.reason})`);
  }
  const pictures = filePaths.map((path, i) => ({ path, label: labels[i]! }));
  const validation = { pictures: [] };
  return { classNames: [...classNames], train: { pictures, batches }, validation, test: [] };
}

/**
 * The pictures of a folder in three parts.
 *
 * @param file where the split is, or will be, written down
 * @param options.isThere whether it is to be read from there
 */
export async function partsOfPictures(
  { data, seed, loading }: PicturesOfRun,
  print: (line: string) => void,
  {
    file,
    isThere,
    onProgress,
  }: {
    file: string | undefined;
    isThere: boolean;
    onProgress: (done: number, all: number) => void;
  },
): Promise<RecipePictures> {
  const { background, colorMode } = loading;
  const split = await splitPictures(data, {
    seed,
    background,
    colorMode,
    onProgress,
    ...(isThere && file !== undefined ? { file } : {}),
  });
  const { classNames, train, validation, test, leftOut } = split;
  print(
    `${train.length} pictures to train, ${validation.length} to validate, ${test.length} to test, ${classesInWords(classNames)}`,
  );
  const [first, second] = leftOut;
  if (first) {
    const named = file === undefined ? '' : `, all of them named in ${file}`;
    const all = second ? `${leftOut.length} files left out${named}; the first` : '1 file left out';
    print(`${all}: ${first.path} (${first.reason})`);
  }
  const labelMode = loading.labelMode ?? labelModeFor(classNames.length);
  const load = (pictures: LabelledPicture[], shuffle: boolean) =>
    imageDatasetFromFiles(pictures, { ...loading, labelMode, classNames, seed, shuffle });
  return {
    classNames,
    train: { pictures: train, batches: await load(train, true) },
    validation: { pictures: validation, batches: await load(validation, false) },
    test,
    split,
  };
}

function classesInWords(classNames: readonly string[]): string {
  if (classNames.length <= MOST_NAMED) return `classes: ${classNames.join(', ')}`;
  const more = classNames.length - MOST_NAMED;
  return `${classNames.length} classes: ${classNames.slice(0, MOST_NAMED).join(', ')} and ${more} more`;
}
