import { type CheckOptions, checkPictures } from '../checking/checkPictures';
import { type CheckReport, isInvalid } from '../checking/checkReport';
import { DisjointSets } from '../disjointSets';
import { joinLookAlikes } from './joinLookAlikes';
import { nameOf, type NamedPicture } from '../namedPicture';
import { listPictures, type SkippedFile } from '../../images/formats/listPictures';
import { groupOf, type PictureManifest, readManifest } from '../pictureManifest';
import { show } from '../../errors/show';

/** What makes pictures belong together: a manifest's groups, or what copies and, in small groups, look-alikes connect. */
export type GroupedBy = 'manifest' | 'duplicates';

/** The pictures of a folder, those together that must not be torn apart. */
export interface GroupedPictures {
  directory: string;
  classNames: string[];
  groupedBy: GroupedBy;
  /** All that parts may hold, by class, folder and name, as `listPictures` has them. */
  pictures: NamedPicture[];
  groups: NamedPicture[][];
  /** Pictures that no part may hold: in two classes, or invalid. */
  leftOut: (SkippedFile & { name: string })[];
  manifest: PictureManifest | undefined;
}

/**
 * Puts the pictures of a folder into groups: pictures of one group must stay on one side of a split, or a test would ask
 * what the training has reported.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param directory folder that holds one folder per class
 * @param report what `checkPictures` found in it, if it was called before
 * @param check how `checkPictures` is called where it was not
 * @returns groups and pictures in the order of `listPictures`, the same on every machine
 * @throws {Error} when a class has no picture left, with what to do about it, or a manifest names no group for one
 *
 * @example
 * const { groups } = await groupPictures('Cannot split', 'data/emotions');
 * groups.length; // 40
 */
export async function groupPictures(
  action: string,
  directory: string,
  report?: CheckReport,
  check: CheckOptions = {},
): Promise<GroupedPictures> {
  const { problems } = report ?? (await checkPictures(directory, check));
  const { classNames, pictures } = await listPictures(directory);
  const manifest = await readManifest(directory);
  const reasons = new Map<string, string>();
  const inTwo = new Map<string, string>();
  const sets = new DisjointSets<string>();
  for (const problem of problems) {
    const { file, kind, detail, others } = problem;
    if (isInvalid(problem)) reasons.set(file, detail);
    if (kind === 'two-classes') inTwo.set(file, `in another class, too: ${detail}`);
    if (kind === 'exact-duplicate' || kind === 'near-duplicate') {
      for (const other of others) sets.join(file, other);
    }
  }
  const named = pictures.map((picture) => ({
    ...picture,
    name: nameOf(directory, picture.path),
  }));
  const readable = named.filter(({ name }) => !reasons.has(name));
  for (const [name, reason] of inTwo) if (!reasons.has(name)) reasons.set(name, reason);
  const usable = readable.filter(({ name }) => !reasons.has(name));
  checkNoneEmpty(action, directory, classNames, readable, usable, inTwo);
  if (manifest) joinByManifest(action, usable, manifest, sets);
  else joinLookAlikes(usable, problems, sets);

  const groups = new Map<string, NamedPicture[]>();
  for (const picture of usable) {
    const key = sets.find(picture.name);
    const group = groups.get(key);
    if (group) group.push(picture);
    else groups.set(key, [picture]);
  }
  const leftOut = named.flatMap(({ path: file, name }) => {
    const reason = reasons.get(name);
    return reason === undefined ? [] : [{ path: file, name, reason }];
  });
  const groupedBy = manifest ? 'manifest' : 'duplicates';
  return {
    directory,
    classNames,
    groupedBy,
    pictures: usable,
    groups: [...groups.values()],
    leftOut,
    manifest,
  };
}

/** @throws {Error} when nothing of a class is left: unreadable, or there in another class as well */
function checkNoneEmpty(
  action: string,
  directory: string,
  classNames: readonly string[],
  readable: readonly NamedPicture[],
  usable: readonly NamedPicture[],
  inTwo: ReadonlyMap<string, string>,
): void {
  const there = new Set(usable.map(({ label }) => label));
  for (const [label, className] of classNames.entries()) {
    if (there.has(label)) continue;
    const [first, ...more] = readable.filter((picture) => picture.label === label);
    if (!first) {
      throw new Error(
        `${action}: class ${show(className)} requires a picture that can be read, got none`,
      );
    }
    const others = more.length === 0 ? '' : `, and so it is with ${more.length} more`;
    throw new Error(
      `${action}: class ${show(className)} requires a picture that is in no other class, and ${show(first.name)} is ` +
        `${inTwo.get(first.name)}${others}. Decide where each belongs and take the other one away; ` +
        `npx smile-lab check ${JSON.stringify(directory)} --grid suspects.svg shows them side by side`,
    );
  }
}

function joinByManifest(
  action: string,
  pictures: readonly NamedPicture[],
  { path: manifest, entries }: PictureManifest,
  sets: DisjointSets<string>,
): void {
  const firstOf = new Map<string, string>();
  const unnamed: string[] = [];
  for (const { name } of pictures) {
    const group = groupOf(entries.get(name));
    if (group === undefined) unnamed.push(name);
    else if (!firstOf.has(group)) firstOf.set(group, name);
    else sets.join(firstOf.get(group)!, name);
  }
  if (unnamed.length > 0) {
    const more = unnamed.length > 1 ? ` and ${unnamed.length - 1} more` : '';
    throw new Error(
      `${action}: ${show(manifest)} must name the group of each picture, got none for ${show(unnamed[0])}${more}`,
    );
  }
}
