import { show } from './show';

/** @throws {RangeError} when the value of an option is none of the words allowed */
export function checkWord(
  action: string,
  name: string,
  value: unknown,
  allowed: readonly string[],
): void {
  const problem = wordProblem(name, value, allowed);
  if (problem !== undefined) throw new RangeError(`${action}: ${problem}`);
}

/** Says that the value of an option is none of the words allowed; undefined where it is one. */
export function wordProblem(
  name: string,
  value: unknown,
  allowed: readonly string[],
): string | undefined {
  if (allowed.includes(value as string)) return undefined;
  return `${name} must be ${allowed.map(show).join(' or ')}, got ${show(value)}`;
}
