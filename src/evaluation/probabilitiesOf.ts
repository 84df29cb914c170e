import { listed } from '../errors/listed';

/**
 * The index of the class that a model's output for one picture stands for.
 *
 * @param outputs one number, the probability of the second class: above 0.5 means the second, else the first; or a number
 * for each class: the largest wins, the first of equal ones
 * @example
 * predictedIndex([0.5]); // 0
 * predictedIndex([0.1, 0.7, 0.2]); // 1
 */
export function predictedIndex(outputs: readonly number[]): number {
  if (outputs.length === 1) return outputs[0]! > 0.5 ? 1 : 0;
  return outputs.reduce((best, output, i) => (output > outputs[best]! ? i : best), 0);
}

/** A hair more than float32 arithmetic may leave the range by. */
const TOLERANCE = 1e-5;

/**
 * A probability for each class, from a model's output for one picture.
 *
 * @param outputs as for {@link predictedIndex}
 * @param classes how many classes there are
 * @throws {Error} when the outputs are no probabilities, or not as many as classes
 * @example
 * probabilitiesOf([0.25], 2); // [0.75, 0.25]
 */
export function probabilitiesOf(outputs: readonly number[], classes: number): number[] {
  if (outputs.length === 1 && classes !== 2) {
    throw new Error(
      `Cannot classify the picture: a network with one output distinguishes 2 classes, got ${classes}`,
    );
  }
  const probabilities = outputs.length === 1 ? [1 - outputs[0]!, outputs[0]!] : [...outputs];
  const isInRange = (value: number) => value >= -TOLERANCE && value <= 1 + TOLERANCE;
  if (probabilities.length !== classes || !probabilities.every(isInRange)) {
    throw new Error(
      `Cannot classify the picture: a probability for each of ${classes} classes is required, got ${listed(probabilities)}`,
    );
  }
  return probabilities;
}
