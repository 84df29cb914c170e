import type { tf } from '../../tensorflow/tf';

/** The accuracy of the happy-or-sad exercise, at which its training stops. */
export const EXERCISE_ACCURACY = 0.999;

type Params = tf.Callback['params'];

// tfjs hands the same object to all callbacks of a training, and to those of no other.
const wanted = new WeakMap<Params, number>();

/** The accuracy, 0–1, at which the training of these params stops; undefined where no callback waits for one. */
export function wantedAccuracy(params: Params): number | undefined {
  return wanted.get(params);
}

/** Lets the other callbacks of the training know at which accuracy it stops; to be called in `setParams`. */
export function setWantedAccuracy(params: Params, accuracy: number): void {
  wanted.set(params, accuracy);
}
