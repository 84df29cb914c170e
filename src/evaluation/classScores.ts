import { shareOf } from './shareOf';

/** What a confusion matrix says in three numbers, each in 0–1. */
export interface ClassScores {
  /** Of what was taken for a class, the share that belongs to it. */
  precision: number;
  /** Of what belongs to a class, the share that was found. */
  recall: number;
  /** Their harmonic mean, 2 · precision · recall / (precision + recall). */
  f1: number;
}

/**
 * Precision, recall and F1. With two classes they are those of the second one, which the model's output speaks of, as
 * in Keras; with more, the mean over the classes, each counted alike (scikit-learn's `average='macro'`).
 *
 * @param matrix as `confusionMatrix` makes it
 * @returns 0 where there is nothing to divide by
 * @example
 * classScores([[8, 2], [1, 9]]); // { precision: 9 / 11, recall: 9 / 10, f1: 18 / 21 }
 */
export function classScores(matrix: readonly (readonly number[])[]): ClassScores {
  const scores = matrix.map((row, k): ClassScores => {
    const right = row[k]!;
    const predicted = sum(matrix.map((other) => other[k]!));
    const actual = sum(row);
    return {
      precision: shareOf(right, predicted),
      recall: shareOf(right, actual),
      f1: shareOf(2 * right, predicted + actual),
    };
  });
  const counted = scores.length === 2 ? scores.slice(1) : scores;
  const mean = (name: keyof ClassScores) =>
    shareOf(sum(counted.map((score) => score[name])), counted.length);
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
