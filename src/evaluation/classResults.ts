import { shareOf } from './shareOf';
import { wilsonInterval } from './wilsonInterval';

/** How a model does on one class. */
export interface ClassResult {
  /** The class. */
  name: string;
  /** How many pictures of it there were. */
  count: number;
  /** Of what was taken for the class, the share that belongs to it; 0 where nothing was. */
  precision: number;
  /** Of what belongs to the class, the share that was found; 0 where there is no picture. */
  recall: number;
  /** Where the recall on all pictures of the class lies, with 95 % confidence; see `wilsonInterval`. */
  recallInterval: [low: number, high: number];
  /** Their harmonic mean. */
  f1: number;
}

/**
 * What a confusion matrix says of each class.
 *
 * @param matrix as `confusionMatrix` makes it
 * @param classNames as many as it has rows
 * @example
 * classResults([[8, 2], [1, 9]], ['happy', 'sad'])[1]?.recall; // 0.9
 */
export function classResults(
  matrix: readonly (readonly number[])[],
  classNames: readonly string[],
): ClassResult[] {
  const taken = matrix.map(() => 0);
  for (const row of matrix) row.forEach((count, k) => (taken[k]! += count));
  return matrix.map((row, k) => {
    const right = row[k]!;
    const count = row.reduce((sum, each) => sum + each, 0);
    return {
      name: classNames[k]!,
      count,
      precision: shareOf(right, taken[k]!),
      recall: shareOf(right, count),
      recallInterval: count === 0 ? [0, 1] : wilsonInterval(right, count),
      f1: shareOf(2 * right, taken[k]! + count),
    };
  });
}
