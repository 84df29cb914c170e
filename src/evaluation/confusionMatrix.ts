/**
 * Counts which class was taken for which.
 *
 * @param labels the true class of each picture, a whole number from 0 to `classes` − 1
 * @param predicted the class that each was taken for, as many
 * @param classes how many classes there are
 * @returns a row for each true class, in it a column for each class that it was taken for; what is right stands on the
 * diagonal. Rows and columns are those of scikit-learn's `confusion_matrix` and of `tf.math.confusionMatrix`
 * @throws {RangeError} when both are not equally many, or a number stands for no class
 * @example
 * confusionMatrix([0, 0, 1], [0, 1, 1], 2); // [[1, 1], [0, 1]]
 */
export function confusionMatrix(
  labels: readonly number[],
  predicted: readonly number[],
  classes: number,
): number[][] {
  const action = 'Cannot count the answers';
  if (labels.length !== predicted.length) {
    throw new RangeError(
      `${action}: an answer for each of ${labels.length} labels is required, got ${predicted.length}`,
    );
  }
  const matrix = Array.from({ length: classes }, () => Array<number>(classes).fill(0));
  for (const [i, label] of labels.entries()) {
    const row = matrix[label];
    const column = predicted[i]!;
    if (row?.[column] === undefined) {
      throw new RangeError(
        `${action}: a whole number from 0 to ${classes - 1} is required for each class, got ${row ? column : label}`,
      );
    }
    row[column] += 1;
  }
  return matrix;
}
