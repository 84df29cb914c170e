/** Marks that a reader can look up in a legend. */
const MOST = 12;

/** Which mark stands for which class. */
export interface MarkedClasses {
  /** The classes with a mark of their own, the first one with the first mark. */
  names: string[];
  /** How many classes share the mark behind those; 0 where each has its own. */
  others: number;
  /** The mark of each picture. */
  marks: number[];
}

/**
 * Chooses the classes that get a mark of their own: all of twelve; of more, those that have pictures. Where these are more
 * than twelve, the eleven with the most pictures, and all others share a mark.
 *
 * @param classNames of the network
 * @param labels the class of each picture, as an index in `classNames`
 *
 * @example
 * markedClasses(classNames, [7, 7, 3]); // { names: ['class 3', 'class 7'], others: 0, marks: [1, 1, 0] }
 */
export function markedClasses(
  classNames: readonly string[],
  labels: readonly number[],
): MarkedClasses {
  if (classNames.length <= MOST) return { names: [...classNames], others: 0, marks: [...labels] };
  const counts = new Map<number, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const commonest = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || a - b);
  const own = commonest.slice(0, commonest.length > MOST ? MOST - 1 : MOST).sort((a, b) => a - b);
  return {
    names: own.map((label) => classNames[label]!),
    others: commonest.length - own.length,
    marks: labels.map((label) => (own.includes(label) ? own.indexOf(label) : own.length)),
  };
}
