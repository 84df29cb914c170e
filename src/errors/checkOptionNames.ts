import { show } from './show';

/** The names of all options that a function takes: TypeScript asks for each. */
export type OptionNames<Options extends object> = Readonly<Record<keyof Required<Options>, true>>;

/**
 * Refuses options that a function does not take. TypeScript finds them where it looks; JavaScript, and an `any` of a
 * notebook, can bring what Keras calls them, or a slip of the pen, and what is not known would be left out in silence.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @param known all that it takes
 * @throws {TypeError} when there is another one, or the options are no object
 *
 * @example
 * checkOptionNames('Cannot load pictures', { seed: 1 }, { seed: true }); // undefined: nothing is wrong
 */
export function checkOptionNames<Options extends object>(
  action: string,
  options: Options,
  known: OptionNames<Options>,
): void {
  const names = Object.keys(known);
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new TypeError(
      `${action}: options are required in an object, with ${names.join(', ')}, got ${show(options)}`,
    );
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name));
  if (unknown === undefined) return;
  const near = nearest(unknown, names);
  const meant = near === undefined ? '.' : `, did you mean ${show(near)}?`;
  throw new TypeError(
    `${action}: there is no option ${show(unknown)}${meant} There are ${names.join(', ')}`,
  );
}

/** The name that is the same but for capitals and `_`, or differs in a few letters; undefined where none does. */
function nearest(given: string, names: readonly string[]): string | undefined {
  const plain = (name: string) => name.toLowerCase().replaceAll(/[_-]/g, '');
  const distances = names.map((name) => distance(plain(given), plain(name)));
  const least = Math.min(...distances);
  return least <= Math.ceil(given.length / 3) ? names[distances.indexOf(least)] : undefined;
}

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
