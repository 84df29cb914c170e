import { single } from './compilation';
import { type Config, isConfig, kerasObject } from './values/values';

/** What Keras has written of the losses and metrics of each output. */
export interface WrittenObjectives {
  losses: unknown[];
  metrics: unknown[][];
  /** Metrics that are weighed with the weights of samples. */
  weighted: unknown[][];
  /** With which the losses are summed; null for 1. */
  weights: number[] | null;
}

/**
 * The loss and the metrics that Keras has written for each output.
 *
 * @param outputs by which names the configuration calls them
 */
export function writtenObjectives(
  { loss, metrics, loss_weights: weights, weighted_metrics: weighted }: Config,
  outputs: readonly string[],
): WrittenObjectives {
  const each = (given: unknown, what: string) => eachOutput(given, outputs, what);
  return {
    losses: each(loss, 'loss'),
    metrics: each(metrics, 'metrics').map(listOfMetrics),
    weighted: each(weighted, 'weighted_metrics').map(listOfMetrics),
    weights: lossWeights(weights == null ? null : each(weights, 'loss_weights')),
  };
}

function lossWeights(given: readonly unknown[] | null): number[] | null {
  const weights = given?.map((weight) => weight ?? 1) ?? null;
  if (weights && !weights.every((weight): weight is number => typeof weight === 'number')) {
    throw new Error(`its loss_weights must be numbers, got ${JSON.stringify(given)}`);
  }
  return weights as number[] | null;
}

/** What is given for each output: of several one for all, or a list, or by name. */
function eachOutput(given: unknown, outputs: readonly string[], what: string): unknown[] {
  if (outputs.length < 2) return [single(given)]; // a Sequential has no name for its own
  const isNamed = isConfig(given) && kerasObject(given) === undefined;
  const all = isNamed ? outputs.map((name) => given[name]) : given;
  if (!Array.isArray(all)) return outputs.map(() => all);
  const isMissing = what === 'loss' && all.some((loss) => loss == null);
  if (all.length !== outputs.length || isMissing) {
    throw new Error(
      `its ${what} must be given for each of its outputs ${outputs.join(', ')}, got ${JSON.stringify(given)}`,
    );
  }
  return all;
}

/** A list of metrics, whichever form of Keras' it has. */
export function listOfMetrics(value: unknown): unknown[] {
  return value == null ? [] : [value].flat(Infinity).filter((metric) => metric != null);
}
