import { tf } from '../native/tfjs';
import type { Loss } from './fromLogits';
import { trustObjective } from './isKnownObjective';

/** What Keras calls a loss or metric, with those of its settings that are computed with. */
export interface Source {
  className: string;
  settings: Record<string, number | boolean>;
}

const made = new Map<string, Loss>();
const sources = new Map<unknown, Source>();

/**
 * A loss or metric with settings, the same function whenever they are the same.
 *
 * @param name under which tfjs logs it
 * @param compute may leave tensors behind
 */
export function madeObjective(name: string, source: Source, compute: Loss): Loss {
  const key = JSON.stringify([name, source]);
  const known = made.get(key);
  if (known) return known;
  const objective: Loss = (labels, outputs) => tf.tidy(() => compute(labels, outputs));
  Object.defineProperty(objective, 'name', { value: name });
  trustObjective(objective);
  made.set(key, objective);
  sources.set(objective, source);
  return objective;
}

/** What a function that {@link madeObjective} gave was made from; undefined for other ones. */
export function sourceOf(objective: unknown): Source | undefined {
  return sources.get(objective);
}
