import type { tf } from '../../tensorflow/tf';

/** Why a training ends before its last epoch. */
export interface EndReason {
  /** Whether that is what the training was for. */
  isGoal: boolean;
  /** Such as "reached 99.9 %". */
  words: string;
}

/** The words where somebody pressed Stop or Ctrl-C. */
export const STOPPED_BY_HAND = 'stopped by hand';

// tfjs knows only that a training shall end. A callback's model is the one of `runningTrainings`.
const reasons = new WeakMap<tf.LayersModel, EndReason>();

/** Why the present training of the model ends; undefined where none was set. */
export function endReason(model: tf.LayersModel): EndReason | undefined {
  return reasons.get(model);
}

/** Sets why, for the callbacks that note it. The first reason stays. */
export function setEndReason(model: tf.LayersModel, words: string, isGoal = false): void {
  if (!reasons.has(model)) reasons.set(model, { isGoal, words });
}

/** To be called as a training begins. */
export function forgetEndReason(model: tf.LayersModel): void {
  reasons.delete(model);
}
