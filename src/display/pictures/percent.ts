/**
 * A probability in percent with one decimal. What is not certain never reads as 100 %.
 *
 * @param probability in 0–1
 *
 * @example
 * percent(0.99999); // '99.9 %'
 */
export function percent(probability: number): string {
  const rounded = Math.round(probability * 1000) / 10;
  return `${(probability < 1 ? Math.min(99.9, rounded) : rounded).toFixed(1)} %`;
}
