import { show } from './show';

/** A longer list nobody reads. */
const MOST = 10;

/**
 * Writes a list for an error message, and of a long one only its beginning.
 *
 * @example
 * listed(['happy', 'sad']); // "happy", "sad" with the quotes
 * listed(classNamesOf1000); // … and 990 more
 */
export function listed(values: readonly unknown[]): string {
  const list = values.slice(0, MOST).map(show).join(', ');
  return values.length > MOST ? `${list} and ${values.length - MOST} more` : list;
}
