/**
 * A probability in percent, cut and not rounded, so that no uncertain one reads as 100 %.
 *
 * @param probability in 0–1
 *
 * @example
 * percent(0.9999); // '99.9 %'
 */
export function percent(probability: number): string {
  const tenths = Number((probability * 1000).toPrecision(6)); // float32's 0.3 is 0.30000001
  return `${(Math.floor(tenths) / 10).toFixed(1)} %`;
}
