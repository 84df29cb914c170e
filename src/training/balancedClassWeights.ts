/**
 * Weights that let each class count as much as any other, however many pictures it has: n / (classes · count).
 *
 * @param labels the class of each training picture, an index in `classNames`
 * @param classes how many classes there are, at least two
 * @returns a weight for each label, for `classWeight` of `fit` and `fitDataset`; 1 each where all are equally many
 * @throws {RangeError} when a label stands for no class, or a class has no picture
 * Source: «balanced» in https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_class_weight.html
 * @example
 * const classWeight = balancedClassWeights(train.labels, 2); // 30 happy, 10 sad: { 0: 0.667, 1: 2 }
 * await model.fitDataset(train, { epochs: 20, classWeight });
 */
export function balancedClassWeights(
  labels: readonly number[],
  classes: number,
): Record<number, number> {
  const counts: number[] = Array.from({ length: classes }, () => 0);
  for (const label of labels) {
    if (!(label in counts)) {
      throw new RangeError(
        `Cannot balance the classes: a label must be a whole number from 0 to ${classes - 1}, got ${label}`,
      );
    }
    counts[label]!++;
  }
  const empty = counts.indexOf(0);
  if (empty >= 0) {
    throw new RangeError(
      `Cannot balance the classes: each needs a picture, and class ${empty} of ${classes} has none`,
    );
  }
  return Object.fromEntries(
    counts.map((count, label) => [label, labels.length / (classes * count)]),
  );
}
