import { stat } from 'node:fs/promises';

import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkSeed } from '../../errors/checkSeed';
import { dealOut, groupsToDeal, type SplitOptions, whatIsKnown, SPLIT_OPTIONS } from './dealOut';
import { fileProblem } from '../../files/fileProblem';
import type { PictureSplit } from './pictureSplit';
import { show } from '../../errors/show';
import { readSplit, writeSplit } from './splitFile';

/** Names and shares of the parts. */
const SPLIT = { train: 0.7, validation: 0.2, test: 0.1 } as const;

/**
 * Splits the pictures of a folder 70/20/10 into training, validation and test, honestly: each part gets its share of every
 * class, and what belongs together stays on one side. Keras' `split_dataset` and fast.ai's `RandomSplitter` know neither
 * classes nor groups.
 *
 * A group is what a manifest says (see `readManifest`): in `data/emotions` the code point, so that all drawings of a face
 * are on one side. Without a manifest it is what exact and near duplicates connect (see `checkPictures`). A picture that is
 * found in two classes is in no part.
 *
 * @param directory folder that holds one folder per class, at least two
 * @param options.seed whole number that the parts depend on
 * @param options.report what `checkPictures` found in the folder, to save the time of looking again
 * @param options.background as for `checkPictures`, and `colorMode`: what is not read in it is in no part
 * @param options.onProgress called with the files that were looked at and all, where that is to be done
 * @param options.file a JSON file that holds the split: read when it is there, else written, whole or not at all. It
 *   knows its pictures by content, and is refused when the folder has changed since
 * @returns files by part, in the order of the folder, and what was left out
 * @throws {RangeError} when a part would have no picture of a class, or the seed is no whole number
 * @throws {Error} when the folder cannot be read, or the file cannot be, is none, or does not fit folder or seed
 *
 * @example
 * const { train, classNames } = await splitPictures('data/emotions', { seed: 1 });
 * const batches = await imageDatasetFromFiles(train, { classNames, labelMode: 'binary', seed: 1 });
 */
export async function splitPictures(
  directory: string,
  options: SplitOptions & { file?: string },
): Promise<PictureSplit> {
  const action = `Cannot split ${show(directory)}`;
  checkOptionNames(action, options, { ...SPLIT_OPTIONS, file: true });
  const { seed, file } = options;
  checkSeed(action, seed);
  if (file !== undefined && (await isThere(action, file))) {
    return readSplit(file, directory, seed);
  }
  const grouped = await groupsToDeal(action, directory, options);
  const [train = [], validation = [], test = []] = dealOut(action, grouped, SPLIT, seed);
  const split = { ...whatIsKnown(grouped), train, validation, test };
  if (file !== undefined) await writeSplit(file, directory, seed, split);
  return split;
}

async function isThere(action: string, file: string): Promise<boolean> {
  try {
    await stat(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw new Error(`${action}: ${show(file)} is required, ${fileProblem(error)}`, {
      cause: error,
    });
  }
}
