import { WholeEpochCallback } from './wholeEpochCallback';

/** What a callback has to remember between epochs. */
export interface CallbackState {
  /** Survives JSON: an infinity or NaN does not, and stands as null. `ended` says that it has ended the training. */
  values: Record<string, number | string | boolean | null>;
  /** A copy of a model's weights, if it keeps one. */
  weights?: Float32Array[];
}

/** A callback whose state a checkpoint keeps, so that a resumed training goes on as if it had not ended. */
export abstract class ResumableCallback extends WholeEpochCallback {
  /** Says in a checkpoint whose state it is. */
  abstract readonly kind: string;

  /** What it would have to be given to go on from here. */
  abstract state(): CallbackState;

  /** Takes a state over; the training that begins next goes on from it. */
  abstract restore(state: CallbackState): void;
}

/** Those of a training's callbacks that have a state. */
export function resumableOf(callbacks: readonly unknown[]): ResumableCallback[] {
  return callbacks.filter((each): each is ResumableCallback => each instanceof ResumableCallback);
}
