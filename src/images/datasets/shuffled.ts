/**
 * Shuffles a list (Fisher and Yates): every order is equally likely.
 *
 * @param items the list; not changed
 * @param random gives numbers in [0, 1), such as `seedrandom.alea('1')` for a repeatable order
 * @returns a new list
 *
 * @example
 * shuffled(['a', 'b', 'c'], seedrandom.alea('1')); // ['c', 'a', 'b'], on every machine
 */
export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const chosen = Math.floor(random() * (last + 1));
    [result[last], result[chosen]] = [result[chosen] as T, result[last] as T];
  }
  return result;
}
