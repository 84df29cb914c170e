import type { tf } from '../../tensorflow/tf';

/** What a callback lets the others of its training know. */
interface SharedSettings {
  /** The accuracy, 0–1, at which the training stops; undefined where no callback waits for one. */
  wantedAccuracy?: number;
  /** By how much the validation loss must fall to count as better: `stopEarly`'s, else undefined. */
  minDelta?: number;
}

// tfjs hands the same object to all callbacks of a training, and to those of no other.
const shared = new WeakMap<tf.Callback['params'], SharedSettings>();

/** What the callbacks of the training of these params let each other know, to be set in `setParams`. */
export function sharedSettings(params: tf.Callback['params']): SharedSettings {
  const settings = shared.get(params) ?? {};
  shared.set(params, settings);
  return settings;
}
