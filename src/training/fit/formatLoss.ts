/**
 * Writes a loss with four decimals, and a smaller one with as many as say something.
 *
 * @example
 * formatLoss(0.63142); // '0.6314'
 * formatLoss(0.00000123456); // '0.00000123'
 */
export function formatLoss(loss: number): string {
  if (!Number.isFinite(loss) || Math.abs(loss) >= 0.001 || loss === 0) return loss.toFixed(4);
  return String(Number(loss.toPrecision(3)));
}
