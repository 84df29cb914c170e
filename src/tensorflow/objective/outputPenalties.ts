import { tf } from '../native/tfjs';

/** What the layers of a step that trains or evaluates have added to its loss; undefined in every other one. */
let collected: tf.Scalar[] | undefined;

/** Adds to the loss of the step that runs now, if it has one. */
export function addPenalty(compute: () => tf.Scalar): void {
  collected?.push(tf.keep(tf.tidy(compute)));
}

/** Runs a step with a loss, to which its layers may add. */
export function withAddedPenalties<T>(run: () => T): T {
  const outer = collected;
  collected = [];
  try {
    return run();
  } finally {
    tf.dispose(collected);
    collected = outer;
  }
}

/** What was added since the step began, or since this was asked last; the scope that calls owns it. */
export function takePenalties(): tf.Scalar[] {
  const kept = collected?.splice(0) ?? [];
  const penalties = kept.map((penalty) => tf.clone(penalty));
  tf.dispose(kept);
  return penalties;
}
