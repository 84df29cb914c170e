import { isDeepStrictEqual } from 'node:util';
import type { tf } from '../../tensorflow/tf';
import { kerasObject, isConfig } from './values/values';
import type { TfjsObjective } from './objectiveTable';

/** How a model was compiled in Keras, beside what tfjs was given for it. */
export interface Compilation {
  loss: TfjsObjective | TfjsObjective[];
  metrics: TfjsObjective[] | Record<string, TfjsObjective[]>;
  keras: { loss: unknown; metrics: unknown; loss_weights: unknown; weighted_metrics: unknown };
  /** What is measured of one output, as Keras has written it. */
  measured: readonly unknown[];
}

/**
 * What goes back to Keras as it came: metrics that tfjs cannot measure while it trains, and the names that metrics were
 * given. It holds as long as the optimizer stays: who compiles anew chooses anew.
 */
export const compilations = new WeakMap<tf.Optimizer, Compilation>();

/** How a model was compiled in Keras; undefined where it was compiled here, or anew since. */
export function compilationOf(model: tf.LayersModel): Compilation | undefined {
  const compiled = model.optimizer && compilations.get(model.optimizer);
  const { metrics = [] } = model as unknown as { metrics?: unknown };
  const isUnchanged =
    compiled &&
    isDeepStrictEqual(single(model.loss), compiled.loss) &&
    (isDeepStrictEqual(metrics, compiled.metrics) || hasNone(metrics, compiled.metrics));
  return isUnchanged ? compiled : undefined;
}

/** Whether a model has no metrics, of one output or several. */
function hasNone(metrics: unknown, compiled: Compilation['metrics']): boolean {
  return [metrics, ...Object.values(compiled)].flat().length === 0;
}

/** Of one output, its loss: Keras also takes a list of losses, one for each output, or an object by the outputs' names. */
export function single(value: unknown): unknown {
  const isNamed = isConfig(value) && kerasObject(value) === undefined;
  const all = Array.isArray(value) ? value : isNamed ? Object.values(value) : [];
  return all.length === 1 ? all[0] : value;
}
