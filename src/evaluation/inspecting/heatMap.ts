import { listed } from '../../errors/listed';
import { show } from '../../errors/show';
import { predictedIndex, probabilitiesOf } from '../probabilitiesOf';

/** How much each region of a picture speaks for a class. */
export interface HeatMap {
  /** The class that is asked about, whether the picture is taken for it or not. */
  className: string;
  /** The probability that the network gives to `className` for the picture, in 0–1. */
  probability: number;
  /** Of the picture as the network takes it, in pixels. */
  height: number;
  width: number;
  /** `height` × `width` numbers, row by row. */
  values: Float32Array;
}

/**
 * The classes that a picture is asked about: the wanted ones; else both of two, or the two most probable of more.
 *
 * @param outputs what the network says, as `probabilitiesOf` takes it
 * @param wanted names; undefined when left out
 * @param action what the caller is doing, to begin an error with: "Cannot …"
 * @returns each by its index in `classNames`
 * @throws {RangeError} when a wanted class is none of the classifier's, or none is wanted
 */
export function chosenClasses(
  outputs: readonly number[],
  classNames: readonly string[],
  wanted: readonly string[] | undefined,
  action: string,
): Array<Pick<HeatMap, 'className' | 'probability'> & { index: number }> {
  const probabilities = probabilitiesOf(outputs, classNames.length);
  const all = classNames.map((className, index) => ({
    index,
    className,
    probability: probabilities[index]!,
  }));
  if (wanted === undefined) {
    if (all.length === 2) return all;
    const best = all[predictedIndex(outputs)]!;
    const others = all.filter((one) => one !== best);
    others.sort((a, b) => b.probability - a.probability);
    return [best, ...others.slice(0, 1)];
  }
  if (!Array.isArray(wanted) || wanted.length === 0) {
    throw new RangeError(`${action}: classNames must name a class or more, got ${show(wanted)}`);
  }
  return wanted.map((name) => {
    const index = classNames.indexOf(name);
    if (index < 0) {
      throw new RangeError(
        `${action}: a class must be one of ${listed(classNames)}, got ${show(name)}`,
      );
    }
    return all[index]!;
  });
}
