/** Numbers that divide an axis evenly, as people count. */
export interface RoundNumbers {
  /** At or below all values, and not above 0. */
  least: number;
  /** At or above all values. */
  greatest: number;
  /** From `least` to `greatest`, ascending. */
  numbers: readonly { value: number; text: string }[];
}

/**
 * Finds about five even steps from 0, or from below it, to a round number that no value exceeds.
 *
 * @param values any; NaN and the infinities do not count
 *
 * @example
 * roundNumbers([0.7, 1.1]).numbers.map(({ text }) => text); // ['0.0', '0.5', '1.0', '1.5']
 */
export function roundNumbers(values: readonly number[]): RoundNumbers {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (high - low < 1e-300) high = 1;
  const step = roundStep(((high - low) / 5) * 0.999);
  const [from, to] = [Math.floor(low / step), Math.ceil(high / step)];
  const numbers = Array.from({ length: to - from + 1 }, (_, i) => {
    const value = (from + i) * step;
    return { value, text: written(value, step) };
  });
  return { least: from * step, greatest: to * step, numbers };
}

/**
 * The least of … 0.1, 0.2, 0.5, 1, 2, 5, 10 … that is no smaller.
 *
 * @param least above 0
 *
 * @example
 * roundStep(3); // 5
 */
export function roundStep(least: number): number {
  const unit = 10 ** Math.floor(Math.log10(least));
  return unit * ([1, 2, 5].find((times) => times * unit >= least) ?? 10);
}

function written(value: number, step: number): string {
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  if (value === 0) return decimals > 4 ? '0' : value.toFixed(decimals);
  if (Math.abs(value) >= 1e6 || decimals > 4) {
    const digits =
      Math.floor(Math.log10(Math.abs(value)) + 1e-9) - Math.floor(Math.log10(step) + 1e-9);
    return value.toExponential(Math.max(0, digits)).replace('+', '').replace(/-/g, '−');
  }
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return value.toLocaleString('en', digits).replace('-', '−');
}
