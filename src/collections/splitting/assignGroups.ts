import { shuffled } from '../../images/datasets/shuffled';

/** Differences of rounding below this make no part better than another. */
const EPSILON = 1e-9;

/** A class of a group, as an index, and how many pictures of it the group holds. */
export type ClassCount = readonly [label: number, pictures: number];

/**
 * Deals groups of pictures out to parts, so that each part gets its share of every class, and no group is torn apart.
 *
 * The largest groups first, each to the part where it lessens most the sum of (count − target)² ÷ target over parts and
 * classes; groups of one size in a random order. For groups of one picture this is the apportionment of Webster and
 * Sainte-Laguë, which with three parts is never off by a whole picture (Balinski and Young, «Fair Representation», 1982).
 *
 * @param groups for each group the classes in it, each with its number of pictures, from 1
 * @param classes how many there are
 * @param shares for each part the share in (0, 1) of the pictures that it is to get; together 1
 * @param random gives numbers in [0, 1); the same numbers give the same parts
 * @returns for each group its part, an index in `shares`
 *
 * @example
 * const groups: ClassCount[][] = [[[0, 8]], [[0, 8]], [[1, 8]], [[1, 8]]];
 * assignGroups(groups, 2, [0.5, 0.5], seedrandom.alea('1')); // [1, 0, 1, 0]
 */
export function assignGroups(
  groups: readonly (readonly ClassCount[])[],
  classes: number,
  shares: readonly number[],
  random: () => number,
): number[] {
  const totals = Array<number>(classes).fill(0);
  for (const [label, pictures] of groups.flat()) totals[label]! += pictures;
  const targets = shares.map((share) => totals.map((total) => share * total));
  const counts = shares.map(() => totals.map(() => 0));

  /** How much better the parts fit their targets when a part gets a group. */
  const gain = (part: number, group: readonly ClassCount[]) =>
    sum(
      group.map(([label, pictures]) => {
        const [target, count] = [targets[part]![label]!, counts[part]![label]!];
        return (pictures * (2 * (target - count) - pictures)) / target;
      }),
    );
  const sizes = groups.map((group) => sum(group.map(([, pictures]) => pictures)));
  const parts = groups.map(() => 0);
  const order = shuffled([...groups.keys()], random);
  for (const i of order.sort((a, b) => sizes[b]! - sizes[a]!)) {
    const group = groups[i]!;
    const held = (part: number) => sum(group.map(([label]) => counts[part]![label]!));
    let best = 0;
    for (let part = 1; part < shares.length; part++) {
      const better = gain(part, group) - gain(best, group);
      // Where it makes no difference, the emptier part: it might end up with nothing of a small class.
      if (better > EPSILON || (better > -EPSILON && held(part) < held(best))) best = part;
    }
    parts[i] = best;
    for (const [label, pictures] of group) counts[best]![label]! += pictures;
  }
  return parts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
