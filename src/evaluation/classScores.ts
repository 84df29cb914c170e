import type { ClassResult } from './classResults';
import { shareOf } from './shareOf';

/** What the results of the classes say in three numbers, each in 0–1. */
export type ClassScores = Pick<ClassResult, 'precision' | 'recall' | 'f1'>;

/**
 * Precision, recall and F1. With two classes they are those of the second one, which the model's output speaks of, as
 * in Keras; with more, the mean over the classes, each counted alike (scikit-learn's `average='macro'`).
 *
 * @param results as `classResults` gives them
 * @returns 0 where there is nothing to divide by
 * @example
 * classScores(classResults([[8, 2], [1, 9]], ['happy', 'sad'])); // { precision: 9 / 11, recall: 9 / 10, f1: 18 / 21 }
 */
export function classScores(results: readonly ClassResult[]): ClassScores {
  const counted = results.length === 2 ? results.slice(1) : results;
  const mean = (name: keyof ClassScores) =>
    shareOf(
      counted.reduce((sum, result) => sum + result[name], 0),
      counted.length,
    );
  return { precision: mean('precision'), recall: mean('recall'), f1: mean('f1') };
}
