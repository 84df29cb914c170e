/**
 * The area under the ROC curve: how probable it is that a picture of the second class gets a higher score than one of
 * the first, an equal score counting half. 1 is perfect, 0.5 is guessing. No threshold enters it.
 *
 * It is exact, the rank sum of Mann and Whitney, and equals scikit-learn's `roc_auc_score`. Keras' `AUC` adds up a curve
 * of 200 thresholds and comes near it.
 *
 * Source: Hanley and McNeil, The meaning and use of the area under a ROC curve, Radiology 143 (1982).
 *
 * @param labels 0 or 1 for each picture
 * @param scores as many; of 1 rather than 0, in any range
 * @returns in 0–1; NaN when a class has no picture or a score is NaN: then there is no such area
 * @throws {RangeError} when both are not equally many, or a label is neither 0 nor 1
 * @example
 * rocAuc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]); // 0.75: three of four pairs are in order
 */
export function rocAuc(labels: readonly number[], scores: readonly number[]): number {
  const action = 'Cannot compute the area under the ROC curve';
  if (labels.length !== scores.length) {
    throw new RangeError(
      `${action}: a score for each of ${labels.length} labels is required, got ${scores.length}`,
    );
  }
  const wrong = labels.find((label) => label !== 0 && label !== 1);
  if (wrong !== undefined) {
    throw new RangeError(`${action}: each label must be 0 or 1, got ${wrong}`);
  }
  if (scores.some(Number.isNaN)) return NaN;
  const order = scores.map((score, i) => ({ score, label: labels[i]! }));
  order.sort((a, b) => a.score - b.score);
  let pairs = 0; // (first, second) in order; a tie counts half
  let firstBefore = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let ofSecond = 0;
    while (end < order.length && order[end]!.score === order[start]!.score) {
      ofSecond += order[end]!.label;
      end += 1;
    }
    const ofFirst = end - start - ofSecond;
    pairs += ofSecond * (firstBefore + ofFirst / 2);
    firstBefore += ofFirst;
    start = end;
  }
  return pairs / (firstBefore * (labels.length - firstBefore));
}
