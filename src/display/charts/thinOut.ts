/** What an epoch recorded. */
export interface EpochValue {
  /** From 1. */
  epoch: number;
  /** NaN and the infinities as they came. */
  value: number;
}

/**
 * Leaves out epochs of a long history that the eye could not distinguish anyway: of each part it keeps the least and the
 * greatest value, so that no peak is lost, and the first that is NaN and the first that is infinite.
 *
 * @param values one an epoch
 * @param parts of which at most four values are kept
 * @returns in order, all of them where that is no more than two for each part
 *
 * @example
 * thinOut([5, 1, 9, 2, 3, 3], 1).map(({ value }) => value); // [5, 1, 9, 3]
 */
export function thinOut(values: readonly number[], parts: number): EpochValue[] {
  const all = values.map((value, i) => ({ epoch: i + 1, value }));
  if (all.length <= 2 * parts) return all;
  const kept = new Set([all[0]!, all.at(-1)!]);
  for (let part = 0; part < parts; part += 1) {
    const [from, to] = [part, part + 1].map((end) => Math.round((end * all.length) / parts));
    const within = all.slice(from, to);
    const finite = within.filter(({ value }) => Number.isFinite(value));
    if (finite.length > 0) {
      kept.add(finite.reduce((least, one) => (one.value < least.value ? one : least)));
      kept.add(finite.reduce((greatest, one) => (one.value > greatest.value ? one : greatest)));
    }
    for (const gap of [NaN, Infinity, -Infinity]) {
      const first = within.find(({ value }) => Object.is(value, gap));
      if (first !== undefined) kept.add(first);
    }
  }
  return [...kept].sort((a, b) => a.epoch - b.epoch);
}
