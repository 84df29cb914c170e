import type { PictureProblem } from '../checking/checkReport';
import type { DisjointSets } from '../disjointSets';
import type { NamedPicture } from '../namedPicture';

/** Small enough that each tenth of the pictures, a test part, can still hold whole groups of each class. */
const LARGEST_SHARE = 0.1;

/**
 * Joins pictures that look alike, the nearest first, so that a test does not ask for the twin of what was trained. A group
 * gets no larger than a tenth of the smallest class, but for two: in a series of one face with another mouth each all look
 * alike, and one group of them could not be split.
 *
 * @param pictures those that are dealt out
 * @param problems what `checkPictures` found
 * @param sets gets joined; what it holds already stays, however large
 */
export function joinLookAlikes(
  pictures: readonly NamedPicture[],
  problems: readonly PictureProblem[],
  sets: DisjointSets<string>,
): void {
  const counts = new Map<number, number>();
  const sizes = new Map<string, number>();
  for (const { name, label } of pictures) {
    counts.set(label, (counts.get(label) ?? 0) + 1);
    const set = sets.find(name);
    sizes.set(set, (sizes.get(set) ?? 0) + 1);
  }
  const largest = Math.max(2, Math.floor(LARGEST_SHARE * Math.min(...counts.values())));
  for (const { kind, file, others } of problems) {
    if (kind !== 'look-alike') continue;
    for (const other of others) {
      const [a, b] = [sets.find(file), sets.find(other)];
      const size = (sizes.get(a) ?? 0) + (sizes.get(b) ?? 0);
      // What is dealt out to no part has no size.
      if (a === b || size > largest || !sizes.has(a) || !sizes.has(b)) continue;
      sets.join(a, b);
      sizes.set(sets.find(a), size);
    }
  }
}
