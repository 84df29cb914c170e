/**
 * Cuts a list into pieces of equal length, the last one perhaps shorter.
 *
 * @param items the list; not changed
 * @param length length of a piece, a whole number ≥ 1
 *
 * @example
 * [...chunks(['a', 'b', 'c'], 2)]; // [['a', 'b'], ['c']]
 */
export function* chunks<T>(items: readonly T[], length: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += length) {
    yield items.slice(start, start + length);
  }
}
