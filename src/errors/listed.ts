import { show } from './show';

/** A longer list nobody reads. */
const MOST = 10;

/**
 * Writes a list for an error message, and of a long one only its beginning.
 *
 * @example
 * listed(['happy', 'sad']); // '"happy", "sad"'
 * listed(Array.from({ length: 1000 }, (_, i) => i)); // '0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 990 more'
 */
export function listed(values: readonly unknown[]): string {
  const list = values.slice(0, MOST).map(show).join(', ');
  return values.length > MOST ? `${list} and ${values.length - MOST} more` : list;
}
