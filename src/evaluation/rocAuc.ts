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
  return areaUnderRoc(
    labels.length,
    (i) => labels[i] === 1,
    (i) => scores[i]!,
  );
}

/**
 * The same of pictures that are asked for one by one, so that for each of a thousand classes no list is made. Only the scores
 * of the second class are sorted: one of a thousand has few.
 *
 * @param count how many pictures there are
 * @param isSecond whether one is of the second class
 * @param scoreOf its score
 */
export function areaUnderRoc(
  count: number,
  isSecond: (index: number) => boolean,
  scoreOf: (index: number) => number,
): number {
  const ofSecond: number[] = [];
  for (let i = 0; i < count; i++) if (isSecond(i)) ofSecond.push(scoreOf(i));
  const second = Float64Array.from(ofSecond).sort();
  // (first, second) in order, each counted twice, and a tie once.
  let pairs = second.some(Number.isNaN) ? NaN : 0;
  for (let i = 0; i < count; i++) {
    if (isSecond(i)) continue;
    const score = scoreOf(i);
    if (Number.isNaN(score)) return NaN;
    pairs += 2 * second.length - firstNotBelow(second, score) - firstAbove(second, score);
  }
  return pairs / 2 / ((count - second.length) * second.length);
}

/** Where the first of ascending scores stands that is not below a score. */
function firstNotBelow(sorted: Float64Array, score: number): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (sorted[middle]! < score) from = middle + 1;
    else to = middle;
  }
  return from;
}

function firstAbove(sorted: Float64Array, score: number): number {
  let at = firstNotBelow(sorted, score);
  if (at === sorted.length || sorted[at] !== score) return at;
  let to = sorted.length;
  while (at < to) {
    const middle = (at + to) >> 1;
    if (sorted[middle]! <= score) at = middle + 1;
    else to = middle;
  }
  return at;
}
