import { weighLosses } from '../../tensorflow/objective/weighLosses';
import type { tf } from '../../tensorflow/tf';
import { compilations } from './compilation';
import { objectiveFromKeras } from './objectiveFromKeras';
import { LOSSES, METRICS, rowOf, type TfjsObjective } from './objectiveTable';
import { optimizerFromKeras } from './optimizer';
import { type Config, kerasObject, toKerasObject } from './values/values';
import { writtenObjectives } from './writtenObjectives';

/** Metrics of Keras that are no mean over the batches: precision of all is not the mean of each batch's precision. */
const STREAMING = ['precision', 'recall', 'auc', 'f1score'];

/**
 * Compiles a model as it was in Keras. The model owns its optimizer: disposing the model disposes both.
 *
 * @param config `compile_config` of an archive, or `training_config` of an `.h5`
 * @param outputKeys by which the configuration names the model's outputs, in their order; when left out, by their layers
 * @returns the metrics that `fit` does not show here, since they count over all batches; {@link compileToKeras} writes
 * them again
 * @throws {Error} when the loss, the optimizer or a metric is none that tfjs has
 */
export function compileFromKeras(
  model: tf.LayersModel,
  config: Config,
  outputKeys?: readonly string[],
): string[] {
  const several = model.outputs.length > 1;
  const written = writtenObjectives(config, outputKeys ?? model.outputNames);
  const losses = written.losses.map((loss) => objectiveFromKeras(LOSSES, loss, 'loss'));
  const known = written.metrics.map((some, i) => {
    const plain = measuredHere(some);
    // Where samples have no weights, what is weighed with these is the same: it is measured once.
    const isThere = (metric: TfjsObjective) => plain.some(([, one]) => one === metric);
    const weighted = measuredHere(written.weighted[i]!).filter(([, metric]) => !isThere(metric));
    return [...plain, ...weighted];
  });
  const metrics = known.map((some) => some.map(([, metric]) => metric));
  const optimizer = optimizerFromKeras(config['optimizer'] ?? config['optimizer_config']);
  const [loss, measured] = several
    ? [losses, Object.fromEntries(model.outputNames.map((name, i) => [name, metrics[i]!]))]
    : [losses[0]!, metrics[0]!];
  model.compile({
    optimizer,
    loss: loss as string,
    ...(metrics.flat().length > 0 ? { metrics: measured as string[] } : {}),
  });
  Object.assign(model, { isOptimizerOwned: true });
  const { weights } = written;
  if (weights) weighLosses(model, weights);
  const hasWeighted = written.weighted.flat().length > 0;
  const ofAll = <T>(values: readonly T[]) => (several ? values : values[0]);
  const spelled = (some: unknown[]) => some.map((one) => objectiveForKeras3(one, 'metrics'));
  const keras = {
    loss: ofAll(written.losses.map((one) => objectiveForKeras3(one, 'losses'))),
    metrics: ofAll(written.metrics.map(spelled)),
    loss_weights: several ? weights : (weights?.[0] ?? null),
    weighted_metrics: hasWeighted ? ofAll(written.weighted.map(spelled)) : null,
  };
  const shown = known.flat().map(([metric]) => metric);
  compilations.set(optimizer, { loss, metrics: measured, keras, measured: shown });
  return [...written.metrics, ...written.weighted].flat().filter(isStreaming).map(metricName);
}

/** Those metrics of Keras' that tfjs can measure while it trains, and what it measures them with. */
function measuredHere(metrics: readonly unknown[]): Array<readonly [unknown, TfjsObjective]> {
  return metrics
    .filter((metric) => !isStreaming(metric))
    .map((metric) => [metric, objectiveFromKeras(METRICS, metric, 'metric')] as const);
}

function isStreaming(metric: unknown): boolean {
  // Keras takes the names of their classes and those in small letters, as f1_score.
  return STREAMING.includes(metricName(metric).toLowerCase().replaceAll('_', ''));
}

function metricName(metric: unknown): string {
  return kerasObject(metric)?.className ?? String(metric);
}

/**
 * A loss or a metric as Keras 3 writes it, which refuses how Keras 2 did: with the function that it calls, as a wrapper of
 * that function, or without its module. What Keras 3 has written stays as it is.
 *
 * @param value a name, an object with its class, or null
 */
function objectiveForKeras3(value: unknown, module: 'losses' | 'metrics'): unknown {
  const { className, config } = kerasObject(value) ?? {};
  if (!className || !config) return value;
  const { fn: wrapped, ...settings } = config;
  if (settings['reduction'] === 'auto') settings['reduction'] = 'sum_over_batch_size';
  const isWritten = 'module' in (value as Config) && wrapped === undefined;
  if (isWritten && settings['reduction'] === config['reduction']) return value;
  if (className !== 'MeanMetricWrapper') {
    return toKerasObject(`keras.${module}`, className, settings);
  }
  const metric = rowOf(METRICS, wrapped)?.[1];
  return metric ? toKerasObject('keras.metrics', metric, settings) : value;
}
