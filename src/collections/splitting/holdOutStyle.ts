import { checkOptionNames } from '../../errors/checkOptionNames';
import {
  checkComplete,
  dealOut,
  groupsToDeal,
  picturesIn,
  type SplitOptions,
  whatIsKnown,
  SPLIT_OPTIONS,
} from './dealOut';
import type { NamedPicture } from '../namedPicture';
import type { PictureSplit } from './pictureSplit';
import { show } from '../../errors/show';

/**
 * Splits drawn pictures so that the test asks for a style that the training has never seen: all pictures of one style are
 * the test, and those of the others training and validation, 7 : 2, by the rules of `splitPictures`.
 *
 * @param directory folder with a manifest that names the `style` of each picture
 * @param style the one to hold out
 * @param options.seed whole number that training and validation depend on
 * @param options.report what `checkPictures` found in the folder, to save the time of looking again
 * @returns as `splitPictures` does. The same faces are on both sides here, drawn by others
 * @throws {RangeError} when there is no such style, or no other one
 * @throws {Error} as `splitPictures` does
 *
 * @example
 * const { test } = await holdOutStyle('data/emotions', 'twemoji', { seed: 1 });
 * test.length; // 55
 */
export async function holdOutStyle(
  directory: string,
  style: string,
  options: SplitOptions,
): Promise<PictureSplit> {
  const action = `Cannot hold a style of ${show(directory)} out`;
  checkOptionNames(action, options, SPLIT_OPTIONS);
  const grouped = await groupsToDeal(action, directory, options);
  const styleOf = ({ name }: NamedPicture) => grouped.manifest?.entries.get(name)?.['style'];
  const styles = new Set(grouped.groups.flat().map(styleOf));
  if (!styles.has(style) || styles.size < 2) {
    const known = [...styles].filter((known) => known !== undefined).map((known) => show(known));
    throw new RangeError(
      `${action}: its manifest must know ${show(style)} and others, got ${known.join(', ') || 'none'}`,
    );
  }
  const test = grouped.pictures.filter((picture) => styleOf(picture) === style);
  const others = grouped.groups
    .map((group) => group.filter((picture) => styleOf(picture) !== style))
    .filter((group) => group.length > 0);
  const shares = { train: 7 / 9, validation: 2 / 9 };
  const [train = [], validation = []] = dealOut(
    action,
    { ...grouped, groups: others },
    shares,
    options.seed,
  );
  const all = { ...whatIsKnown(grouped), train, validation, test: picturesIn(grouped, test) };
  checkComplete(action, grouped, { test });
  return all;
}
