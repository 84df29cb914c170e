import type { tf } from '../../tensorflow/tf';

type Params = tf.Callback['params'];

// tfjs hands the same object to all callbacks of a training, and to those of no other.
const least = new WeakMap<Params, number>();

/** By how much the validation loss must fall to count as better: the minDelta of the training's `stopEarly`, else 0. */
export function leastImprovement(params: Params): number {
  return least.get(params) ?? 0;
}

/** Lets the other callbacks of the training know; to be called in `setParams`. */
export function setLeastImprovement(params: Params, minDelta: number): void {
  least.set(params, minDelta);
}

/** Whether a loss is lower than the best by more than minDelta, by float32's rounding, as in Keras; NaN is not. */
export function isImprovement(loss: number, best: number, minDelta: number): boolean {
  return Math.fround(loss + minDelta) < Math.fround(best);
}
