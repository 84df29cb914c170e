import seedrandom from 'seedrandom';

import { tf } from '../../tensorflow/tf';
import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkedOptions, type ImageDatasetOptions, PICTURE_OPTIONS } from './datasetOptions';
import type { LabelledPicture } from '../formats/listPictures';
import { lookAtPictures } from './listReadablePictures';
import { type ImageDataset, pictureDataset } from './pictureDataset';
import { show } from '../../errors/show';
import { warnOfColours } from './warnOfColours';
import { UnreadablePicture } from '../formats/UnreadablePicture';

/** Options of `imageDatasetFromFiles`. */
export interface FileDatasetOptions extends Omit<
  ImageDatasetOptions,
  'validationSplit' | 'subset' | 'skipUnreadable'
> {
  /** The names of the classes. A label is an index in this list. */
  classNames: readonly string[];
}

/**
 * Loads the pictures of a list, such as a part of a split, with the pixel values of `imageDatasetFromDirectory`. fast.ai's is
 * `ImageDataLoaders.from_lists`; Keras has none.
 *
 * @param pictures files and their labels, at least one
 * @param options.classNames the names that the labels stand for
 * @param options as for `imageDatasetFromDirectory`: imageSize, batchSize, labelMode, shuffle, seed, interpolation,
 *   cropToAspectRatio, padToAspectRatio, shrinkOnLoad, background, colorMode, cache. For a test or a validation `shuffle: false` keeps the order of the list
 * @returns batches as of `imageDatasetFromDirectory`; who takes one disposes it
 * @throws {UnreadablePicture} when a picture cannot be read. Headers are checked now, the rest when the batch is read
 * @throws {TypeError | RangeError} when an option is wrong, the list is empty, or a label stands for no class
 *
 * @example
 * const { train, classNames } = await splitPictures('data/emotions', { seed: 1 });
 * const batches = await imageDatasetFromFiles(train, { classNames, labelMode: 'binary', seed: 1 });
 */
export async function imageDatasetFromFiles(
  pictures: readonly LabelledPicture[],
  options: FileDatasetOptions,
): Promise<ImageDataset> {
  const action = 'Cannot load pictures from a list';
  checkOptionNames(action, options ?? {}, { classNames: true, ...PICTURE_OPTIONS });
  const { classNames, ...others } = options ?? {};
  if (!Array.isArray(pictures) || pictures.length === 0) {
    throw new TypeError(`${action}: at least one is required, got ${show(pictures)}`);
  }
  if (!Array.isArray(classNames) || classNames.length < 2) {
    throw new TypeError(
      `${action}: classNames must name two classes or more, got ${show(classNames)}`,
    );
  }
  const wrong = pictures.find(({ label }) => !(label in classNames));
  if (wrong) {
    throw new RangeError(
      `${action}: each label must be an index in ${show(classNames)}, got ${show(wrong.label)} for ${show(wrong.path)}`,
    );
  }
  const checked = checkedOptions(action, others);
  if (checked.labelMode === 'binary' && classNames.length !== 2) {
    throw new RangeError(
      `${action}: labelMode "binary" requires two classes, got ${show(classNames)}`,
    );
  }
  await tf.ready();
  const { readable, unreadable } = await lookAtPictures(pictures, false, checked.colorMode);
  const [first] = unreadable;
  if (first) throw new UnreadablePicture(show(first[0]), first[1]);
  await warnOfColours(readable, checked);
  const list = { classNames: [...classNames], pictures: readable, skipped: [] };
  return pictureDataset(list, checked, () => seedrandom.alea(String(checked.seed)));
}
