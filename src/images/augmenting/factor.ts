import { show } from '../../errors/show';

/** How much is drawn at most, or the range from which it is drawn. */
export type Factor = number | readonly [number, number];

/** The range of a factor whose number counts in both directions: 0.1 is [-0.1, 0.1]. */
export function bothWays(factor: Factor): [number, number] {
  return typeof factor === 'number' ? [-Math.abs(factor), Math.abs(factor)] : ordered(factor);
}

/** The two numbers of a factor that is given once for both: 0.1 is [0.1, 0.1]. */
export function twice(factor: Factor): [number, number] {
  return typeof factor === 'number' ? [factor, factor] : [...factor];
}

/** The range of a factor whose number is the upper end: 0.1 is [0, 0.1]. */
export function fromZero(factor: Factor): [number, number] {
  return typeof factor === 'number' ? [0, factor] : ordered(factor);
}

function ordered([a, b]: readonly [number, number]): [number, number] {
  return a <= b ? [a, b] : [b, a];
}

/**
 * Says what is wrong with a factor.
 *
 * @param name of the setting
 * @param of what a number in it is a share of, in words
 * @returns undefined where nothing is wrong
 */
export function factorProblem(
  name: string,
  factor: unknown,
  [least, most]: readonly [number, number],
  of: string,
): string | undefined {
  const isNumber = (value: unknown) => typeof value === 'number' && value >= least && value <= most;
  const isPair = Array.isArray(factor) && factor.length === 2 && factor.every(isNumber);
  if (isNumber(factor) || isPair) return undefined;
  return `${name} must be a number from ${least} to ${most}, or two, ${of}, got ${show(factor)}`;
}
