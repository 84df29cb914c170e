/** What is drawn of an evaluation, such as `evaluatePictures` gives. */
export interface MatrixToDraw {
  classNames: readonly string[];
  /** A row for each true class, in it a column for each class that it was taken for. */
  confusionMatrix: readonly (readonly number[])[];
}

/** A matrix of which the last class may stand for several. */
export interface SmallMatrix extends MatrixToDraw {
  /** Whether it does: right answers and mistakes among them are then one count. */
  hasOthers: boolean;
}

/** Rows that fit the width of a notebook. */
const MOST = 12;

/**
 * Makes a matrix of many classes small enough to be read: the classes that are in the most mistakes, as the true class or
 * as the answer, stay in their order; all others become one, the last.
 *
 * @param matrix class names and counts, as many rows and columns as names
 * @returns at most twelve classes; the counts still sum up to the same
 *
 * @example
 * mostConfused(evaluation).classNames.at(-1); // '989 others' of 1,000 classes
 */
export function mostConfused({ classNames, confusionMatrix }: MatrixToDraw): SmallMatrix {
  if (classNames.length <= MOST) return { classNames, confusionMatrix, hasOthers: false };
  const mistakes = classNames.map(() => 0);
  confusionMatrix.forEach((row, truth) =>
    row.forEach((count, answer) => {
      if (truth === answer) return;
      mistakes[truth]! += count;
      mistakes[answer]! += count;
    }),
  );
  const kept = mistakes
    .map((_, k) => k)
    .sort((a, b) => mistakes[b]! - mistakes[a]!)
    .slice(0, MOST - 1)
    .sort((a, b) => a - b);
  const indexInSmall = classNames.map((_, k) => (kept.includes(k) ? kept.indexOf(k) : MOST - 1));
  const small = Array.from({ length: MOST }, () => Array<number>(MOST).fill(0));
  confusionMatrix.forEach((row, truth) =>
    row.forEach((count, answer) => {
      small[indexInSmall[truth]!]![indexInSmall[answer]!]! += count;
    }),
  );
  const others = `${classNames.length - kept.length} others`;
  return {
    classNames: [...kept.map((k) => classNames[k]!), others],
    confusionMatrix: small,
    hasOthers: true,
  };
}
