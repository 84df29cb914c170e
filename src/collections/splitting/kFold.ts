import { dealOut, groupsToDeal, picturesIn, type SplitOptions, whatIsKnown } from './dealOut';
import type { LabelledPicture } from '../../images/formats/listPictures';
import type { PictureSplit } from './pictureSplit';
import { show } from '../../errors/show';

/** One of the ways to part a folder in `kFold`. */
export interface Fold {
  train: LabelledPicture[];
  validation: LabelledPicture[];
}

/**
 * Splits the pictures of a folder for cross-validation, by the rules of `splitPictures`: every picture is in the validation
 * part of one fold, and in the training part of all others.
 *
 * @param directory folder that holds one folder per class, at least two
 * @param folds how many, a whole number from 2
 * @param options.seed whole number that the parts depend on
 * @param options.report what `checkPictures` found in the folder, to save the time of looking again
 * @param options.onProgress called with the files that were looked at and all, where that is to be done
 * @returns the folds, and what was left out of all of them
 * @throws {RangeError} when a fold would have no picture of a class, or a number is wrong
 * @throws {Error} when the folder cannot be read
 *
 * @example
 * const { folds, classNames } = await kFold('data/emotions', 5, { seed: 1 });
 * folds[0]?.validation.length; // 64
 */
export async function kFold(
  directory: string,
  folds: number,
  options: SplitOptions,
): Promise<Pick<PictureSplit, 'classNames' | 'groupedBy' | 'leftOut'> & { folds: Fold[] }> {
  const action = `Cannot split ${show(directory)} into folds`;
  if (!Number.isInteger(folds) || folds < 2) {
    throw new RangeError(
      `${action}: a whole number from 2 of them is required, got ${show(folds)}`,
    );
  }
  const grouped = await groupsToDeal(action, directory, options);
  const shares = Object.fromEntries(
    Array.from({ length: folds }, (_, i) => [`fold ${i + 1}`, 1 / folds]),
  );
  const parts = dealOut(action, grouped, shares, options.seed);
  return {
    ...whatIsKnown(grouped),
    folds: parts.map((validation, i) => ({
      train: picturesIn(grouped, parts.filter((_, other) => other !== i).flat()),
      validation,
    })),
  };
}
