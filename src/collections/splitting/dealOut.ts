import seedrandom from 'seedrandom';

import { assignGroups, type ClassCount } from './assignGroups';
import type { OptionNames } from '../../errors/checkOptionNames';
import type { CheckOptions } from '../checking/checkPictures';
import { checkSeed } from '../../errors/checkSeed';
import type { CheckReport } from '../checking/checkReport';
import { type GroupedPictures, groupPictures } from './groupPictures';
import type { LabelledPicture } from '../../images/formats/listPictures';
import { show } from '../../errors/show';

/** Options of all ways to split. */
export interface SplitOptions extends CheckOptions {
  /** The same whole number gives the same parts, on every machine. */
  seed: number;
  /** What `checkPictures` found in the folder; when left out it is called, with the other options. */
  report?: CheckReport;
}

/** All options of a split. */
export const SPLIT_OPTIONS: OptionNames<SplitOptions> = {
  seed: true,
  report: true,
  background: true,
  colorMode: true,
  onProgress: true,
};

/**
 * Checks the seed, and puts the pictures of a folder into the groups that are dealt out.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {RangeError} when the seed is no whole number
 * @throws {Error} as `groupPictures` does
 *
 * @example
 * const grouped = await groupsToDeal('Cannot split "my-faces"', 'my-faces', { seed: 1 });
 */
export async function groupsToDeal(
  action: string,
  directory: string,
  { seed, report, background, colorMode, onProgress }: SplitOptions,
): Promise<GroupedPictures> {
  checkSeed(action, seed);
  return groupPictures(action, directory, report, { background, colorMode, onProgress });
}

/** What all splits of a folder say of it. */
export function whatIsKnown({ classNames, groupedBy, leftOut }: GroupedPictures) {
  return {
    classNames,
    groupedBy,
    leftOut: leftOut.map(({ path, reason }) => ({ path, reason })),
  };
}

/**
 * Deals the pictures of a folder out to parts.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param grouped what is to be dealt out
 * @param shares the share of each part, by its name; together 1
 * @param seed whole number that the parts depend on
 * @returns the pictures of each part, in the order of the folder
 * @throws {RangeError} when a part would have no picture of a class
 *
 * @example
 * const [train, test] = dealOut('Cannot split', grouped, { train: 0.8, test: 0.2 }, 1);
 */
export function dealOut(
  action: string,
  grouped: GroupedPictures,
  shares: Readonly<Record<string, number>>,
  seed: number,
): LabelledPicture[][] {
  const { classNames, groups } = grouped;
  const partOfGroup = assignGroups(
    groups.map(countsOf),
    classNames.length,
    Object.values(shares),
    seedrandom.alea(String(seed)),
  );
  const names = Object.keys(shares);
  const parts = names.map((_, part) =>
    picturesIn(grouped, groups.filter((_, i) => partOfGroup[i] === part).flat()),
  );
  checkComplete(action, grouped, Object.fromEntries(names.map((name, i) => [name, parts[i]!])));
  return parts;
}

/** The classes of a group with their numbers of pictures, in the order of the classes. */
function countsOf(group: readonly LabelledPicture[]): ClassCount[] {
  const counts = new Map<number, number>();
  for (const { label } of group) counts.set(label, (counts.get(label) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => a - b);
}

/**
 * Checks that each part has a picture of each class.
 *
 * @throws {RangeError} when one has none
 *
 * @example
 * checkComplete('Cannot split', grouped, { train: split.train, test: split.test });
 */
export function checkComplete(
  action: string,
  grouped: GroupedPictures,
  parts: Readonly<Record<string, readonly LabelledPicture[]>>,
): void {
  const { classNames, groups } = grouped;
  for (const [name, part] of Object.entries(parts)) {
    const there = new Set(part.map(({ label }) => label));
    for (const [label, className] of classNames.entries()) {
      if (there.has(label)) continue;
      const ofClass = groups
        .map((group) => group.filter((picture) => picture.label === label))
        .filter((group) => group.length > 0);
      const pictures = counted(ofClass.flat().length, 'picture');
      throw new RangeError(
        `${action}: every part requires a picture of every class, got none of ${show(className)} for ${name}; ` +
          `the class has ${pictures} in ${counted(ofClass.length, 'group')}, and a group is not torn apart. ` +
          howToGoOn(grouped, ofClass),
      );
    }
  }
}

const MOST_NAMED = 4;

/** Which pictures stand together, for one who wants to see that or to change it. */
function howToGoOn(
  { directory, groupedBy }: GroupedPictures,
  groups: ReadonlyArray<GroupedPictures['groups'][number]>,
): string {
  const [largest = []] = [...groups].sort((a, b) => b.length - a.length);
  if (largest.length < 2) return 'Add pictures';
  const shown = largest.slice(0, MOST_NAMED).map((picture) => show(picture.name));
  const more = largest.length - shown.length;
  const named = `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  if (groupedBy === 'manifest') {
    return `One group, by the manifest.json or as copies, are ${named}. Add pictures of other groups`;
  }
  return (
    `Copies of each other, or alike, are ${named}. Add pictures that are not like these; or, where they are no copies, ` +
    'name a group of its own for each picture in a manifest.json, ' +
    `[{ "file": ${shown[0]}, "group": "1" }, …]. ` +
    `npx smile-lab check ${JSON.stringify(directory)} --grid suspects.svg shows all that are alike`
  );
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}

/** Some of the pictures, by class, folder and name, as `listPictures` has them. */
export function picturesIn(
  { pictures }: GroupedPictures,
  wanted: readonly LabelledPicture[],
): LabelledPicture[] {
  const paths = new Set(wanted.map((picture) => picture.path));
  return pictures
    .filter((picture) => paths.has(picture.path))
    .map(({ path, label }) => ({ path, label }));
}
