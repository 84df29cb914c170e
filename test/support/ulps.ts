/**
 * What expects a float32 that was summed up in another order: up to 8 of its last places (ULPs) away, 1e-6 of it.
 *
 * @example
 * expect({ probability }).toEqual({ probability: fewUlps(0.73) });
 */
export function fewUlps(expected: number): unknown {
  const isNear = (value: unknown) =>
    typeof value === 'number' && Math.abs(value - expected) <= 8 * 2 ** -23 * Math.abs(expected);
  return { asymmetricMatch: isNear, toString: () => `${expected} to 8 ULPs` };
}
