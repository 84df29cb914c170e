import { predictedIndex, probabilitiesOf } from '../../evaluation/probabilitiesOf';
import { percent } from './percent';

/** Classes that get a bar, the most probable first; the true one always does. */
const TOP = 3;

/** What is drawn of an answer. */
export interface TopProbabilities {
  /** The most probable first. */
  bars: { name: string; probability: number; isTrue: boolean }[];
  others: { count: number; probability: number };
  /** Undefined where the true class is not known. */
  isRight?: boolean;
}

/**
 * Picks the classes that are worth a bar: the three most probable, and the true one.
 *
 * @param outputs what a model gave for one picture, `[1]` (sigmoid) or `[classes]` (softmax)
 * @param classNames in the order of the outputs
 * @param label the index of the true class; undefined where it is not known
 * @throws {Error} when the outputs are no probabilities, or not as many as classes
 *
 * @example
 * topProbabilities([0.9], ['happy', 'sad']).bars[0]; // { name: 'sad', probability: 0.9, isTrue: false }
 */
export function topProbabilities(
  outputs: readonly number[],
  classNames: readonly string[],
  label?: number,
): TopProbabilities {
  const probabilities = probabilitiesOf(outputs, classNames.length);
  const best = predictedIndex(outputs);
  const order = probabilities
    .map((_, k) => k)
    .sort(
      (a, b) => Number(b === best) - Number(a === best) || probabilities[b]! - probabilities[a]!,
    );
  const shown = order.filter((k, rank) => rank < TOP || k === label);
  const drawn = shown.map((k) => ({
    name: classNames[k]!,
    probability: probabilities[k]!,
    isTrue: k === label,
  }));
  const sum = drawn.reduce((total, { probability }) => total + probability, 0);
  const answer: TopProbabilities = {
    bars: drawn,
    others: { count: classNames.length - shown.length, probability: Math.max(0, 1 - sum) },
  };
  return label === undefined ? answer : { ...answer, isRight: best === label };
}

/**
 * Says in words what answers for pictures show, for readers who cannot see them.
 *
 * @param answers at least one
 * @returns one sentence without a full stop
 *
 * @example
 * describePredictions([topProbabilities([0.9], ['happy', 'sad'])]); // 'Predictions for 1 picture: sad 90.0 %'
 */
export function describePredictions(answers: readonly TopProbabilities[]): string {
  const descriptions = answers.map(({ bars, isRight }) => {
    const [{ name, probability }] = bars as [TopProbabilities['bars'][number]];
    const said = `${name} ${percent(probability)}`;
    if (isRight === undefined) return said;
    return isRight ? `${said}, right` : `${said}, wrong: ${bars.find((bar) => bar.isTrue)!.name}`;
  });
  const known = answers.filter(({ isRight }) => isRight !== undefined);
  const right = known.filter(({ isRight }) => isRight).length;
  const score = known.length === 0 ? '' : `; ${right} of ${known.length} right`;
  return `Predictions for ${answers.length} ${answers.length === 1 ? 'picture' : 'pictures'}: ${descriptions.join('; ')}${score}`;
}
