import { tf } from '../native/tfjs';
import { fromLogits } from './fromLogits';

const known = new Set<unknown>([
  ...Object.values(tf.metrics),
  ...Object.values(tf.losses),
  ...Object.values(fromLogits),
]);

/** Whether a loss or metric is a function of tfjs or of this library, which computes with tensors alone. */
export function isKnownObjective(objective: unknown): boolean {
  return known.has(objective);
}

/** Counts a loss or metric of this library among them. */
export function trustObjective(objective: unknown): void {
  known.add(objective);
}
