import { inspect } from 'node:util';

/**
 * Writes a value for an error message, on one line, a string in double quotes.
 *
 * @example
 * show('a\nb'); // '"a\\nb"': in quotes, the line break escaped
 * show([0, 150]); // '[ 0, 150 ]'
 */
export function show(value: unknown): string {
  return typeof value === 'string'
    ? JSON.stringify(value)
    : inspect(value, { breakLength: Infinity });
}
