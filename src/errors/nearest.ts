import { show } from './show';

/** How many names an error tells. */
const TOLD = 3;

/** The name that is the same but for capitals and `_`, or differs in a few letters; undefined where none does. */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const [name] = byDistance(given, names);
  if (name === undefined) return undefined;
  return distance(plain(given), plain(name)) <= Math.ceil(given.length / 3) ? name : undefined;
}

/**
 * Writes the names that are likest to a given one for an error message: as few letters as can be must be changed.
 *
 * @example
 * nearestOf('block7-add', ['pool', 'block7_add', 'block8_add']); // '"block7_add", "block8_add", "pool"'
 */
export function nearestOf(given: unknown, names: readonly string[]): string {
  return byDistance(String(given), names).slice(0, TOLD).map(show).join(', ');
}

function byDistance(given: string, names: readonly string[]): string[] {
  const distances = new Map(names.map((name) => [name, distance(plain(given), plain(name))]));
  return [...names].sort((a, b) => distances.get(a)! - distances.get(b)!);
}

const plain = (name: string) => name.toLowerCase().replaceAll(/[_-]/g, '');

/** How many letters must be put in, taken out or changed to make one word of another (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
