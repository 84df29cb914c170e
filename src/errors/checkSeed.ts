import { show } from './show';

/**
 * Checks a seed.
 *
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @throws {RangeError} when it is no whole number from 0
 *
 * @example
 * checkSeed('Cannot split "my-faces"', 1);
 */
export function checkSeed(action: string, seed: unknown): asserts seed is number {
  if (Number.isSafeInteger(seed) && (seed as number) >= 0) return;
  throw new RangeError(`${action}: seed must be a whole number from 0, got ${show(seed)}`);
}
