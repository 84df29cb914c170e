import { show } from './show';

/** @throws {RangeError} when the value of an option is none of the words allowed */
export function checkWord(
  action: string,
  name: string,
  value: unknown,
  allowed: readonly string[],
): void {
  if (allowed.includes(value as string)) return;
  const words = allowed.map(show).join(' or ');
  throw new RangeError(`${action}: ${name} must be ${words}, got ${show(value)}`);
}
