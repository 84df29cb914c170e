import { shuffled } from '../../images/datasets/shuffled';

/** Differences of rounding below this make no part better than another. */
const EPSILON = 1e-9;

/**
 * Deals groups of pictures out to parts, so that each part gets its share of every class, and no group is torn apart.
 *
 * The largest groups first, each to the part where it lessens most the sum of (count − target)² ÷ target over parts and
 * classes; groups of one size in a random order. For groups of one picture this is the apportionment of Webster and
 * Sainte-Laguë, which with three parts is never off by a whole picture (Balinski and Young, «Fair Representation», 1982).
 *
 * @param groups for each group its pictures of each class
 * @param shares for each part the share in (0, 1) of the pictures that it is to get; together 1
 * @param random gives numbers in [0, 1); the same numbers give the same parts
 * @returns for each group its part, an index in `shares`
 *
 * @example
 * assignGroups([[8, 0], [8, 0], [0, 8], [0, 8]], [0.5, 0.5], seedrandom.alea('1')); // [1, 0, 1, 0]
 */
export function assignGroups(
  groups: readonly (readonly number[])[],
  shares: readonly number[],
  random: () => number,
): number[] {
  const totals = (groups[0] ?? []).map((_, c) => sum(groups.map((group) => group[c]!)));
  const targets = shares.map((share) => totals.map((total) => share * total));
  const counts = shares.map(() => totals.map(() => 0));

  /** How much better the parts fit their targets when a part gets a group. */
  const gain = (part: number, group: readonly number[]) =>
    sum(
      group.map((pictures, c) => {
        const [target, count] = [targets[part]![c]!, counts[part]![c]!];
        return pictures === 0 ? 0 : (pictures * (2 * (target - count) - pictures)) / target;
      }),
    );
  const parts = groups.map(() => 0);
  const order = shuffled([...groups.keys()], random);
  for (const i of order.sort((a, b) => sum(groups[b]!) - sum(groups[a]!))) {
    const group = groups[i]!;
    const held = (part: number) => sum(counts[part]!.filter((_, c) => group[c]! > 0));
    let best = 0;
    for (let part = 1; part < shares.length; part++) {
      const better = gain(part, group) - gain(best, group);
      // Where it makes no difference, the emptier part: it might end up with nothing of a small class.
      if (better > EPSILON || (better > -EPSILON && held(part) < held(best))) best = part;
    }
    parts[i] = best;
    group.forEach((pictures, c) => (counts[best]![c]! += pictures));
  }
  return parts;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
