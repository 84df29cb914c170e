import { inspect } from 'node:util';

/** Enough to know what it is; a model has pages. */
const LONGEST = 300;

/**
 * Writes a value for an error message, on one line, a string in double quotes; of a long one the beginning.
 *
 * @example
 * show('a\nb'); // '"a\\nb"': in quotes, the line break escaped
 * show([0, 150]); // '[ 0, 150 ]'
 */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  const text = inspect(value, { breakLength: Infinity }).replaceAll(/\s*\n\s*/g, ' ');
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}
