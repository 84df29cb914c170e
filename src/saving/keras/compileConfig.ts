import { binaryAccuracyAbove, thresholdOf } from '../../tensorflow/objective/accuracies';
import { fromLogits } from '../../tensorflow/objective/fromLogits';
import type { tf } from '../../tensorflow/tf';
import {
  isSame,
  LOSSES,
  METRICS,
  nameOf,
  type Names,
  type Objective,
  rowOf,
} from './objectiveTable';
import { optimizerFromKeras, optimizerToKeras } from './optimizer';
import { type Config, isConfig, kerasObject, sameJson, toKerasObject } from './values';

type LogitLoss = keyof typeof fromLogits;

/** Metrics of Keras that are no mean over the batches: precision of all is not the mean of each batch's precision. */
const STREAMING = ['Precision', 'Recall', 'AUC', 'F1Score'];

/** How a model was compiled in Keras, beside what tfjs was given for it. */
interface Compilation {
  loss: Objective;
  metrics: Objective[];
  keras: { loss: unknown; metrics: unknown[] };
}

/**
 * What goes back to Keras as it came: metrics that tfjs cannot measure while it trains, and the names that metrics were
 * given. It holds as long as the optimizer stays: who compiles anew chooses anew.
 */
const compilations = new WeakMap<tf.Optimizer, Compilation>();

/** Settings of losses and metrics that change what they compute, at the value that tfjs computes with. */
const SETTINGS: Config = {
  reduction: 'sum_over_batch_size',
  from_logits: false,
  label_smoothing: 0,
  axis: -1,
  ignore_class: null,
  threshold: 0.5,
};

/**
 * Compiles a model as it was in Keras. The model owns its optimizer: disposing the model disposes both.
 *
 * @param config `compile_config` of an archive, or `training_config` of an `.h5`
 * @returns the metrics that `fit` does not show here, since they count over all batches; {@link compileToKeras} writes
 * them again
 * @throws Error when the loss, the optimizer or a metric is none that tfjs has
 */
export function compileFromKeras(model: tf.LayersModel, config: Config): string[] {
  for (const what of ['loss_weights', 'weighted_metrics']) {
    if (config[what] != null) throw new Error(`it has ${what}, which are not known here`);
  }
  const written = { loss: single(config['loss']), metrics: metricsOf(config['metrics']) };
  const loss = fromKeras(LOSSES, written.loss, 'loss');
  const measured = written.metrics.filter((metric) => !isStreaming(metric));
  const metrics = measured.map((metric) => fromKeras(METRICS, metric, 'metric'));
  const optimizer = optimizerFromKeras(config['optimizer'] ?? config['optimizer_config']);
  model.compile({ optimizer, loss, ...(metrics.length > 0 ? { metrics } : {}) });
  Object.assign(model, { isOptimizerOwned: true });
  compilations.set(optimizer, { loss, metrics, keras: written });
  return written.metrics.filter(isStreaming).map(metricName);
}

/**
 * What Keras calls the metrics of a model's log, in the order in which the model was compiled with them: a metric's own name
 * where it came from Keras with one.
 *
 * @returns names by those of tfjs's log, without `val_`; what is not there has no other one
 */
export function kerasMetricNames(model: tf.LayersModel): ReadonlyMap<string, string> {
  const { metrics } = model as unknown as { metrics?: unknown };
  const compiled = compilationOf(model);
  const measured = compiled?.keras.metrics.filter((metric) => !isStreaming(metric));
  const given = metricsOf(isConfig(metrics) ? [] : metrics);
  const logged = given.map(logName);
  const names = given.map((metric, i) => {
    const own = kerasObject(measured?.[i])?.config['name'] ?? measured?.[i];
    const [name] = METRICS.find(([, , tfjs]) => isSame(tfjs, metric)) ?? [];
    // Of several metrics with one name tfjs counts all, from 0.
    const isAlone = logged.filter((other) => other === logged[i]).length === 1;
    const place = logged.slice(0, i).filter((other) => other === logged[i]).length;
    const inLog = isAlone ? logged[i]! : `${logged[i]}_${place}`;
    return [inLog, typeof own === 'string' ? own : name || inLog] as const;
  });
  return new Map(names);
}

/** Under which name tfjs logs a metric. */
function logName(metric: unknown): string {
  return metric === 'accuracy' ? 'acc' : nameOf(metric as Objective);
}

function compilationOf(model: tf.LayersModel): Compilation | undefined {
  const compiled = model.optimizer && compilations.get(model.optimizer);
  const { metrics = [] } = model as unknown as { metrics?: unknown[] };
  const isUnchanged =
    compiled &&
    single(model.loss) === compiled.loss &&
    metrics.length === compiled.metrics.length &&
    compiled.metrics.every((metric, i) => metric === metrics[i]);
  return isUnchanged ? compiled : undefined;
}

function isStreaming(metric: unknown): boolean {
  return STREAMING.includes(metricName(metric));
}

/**
 * Whether the loss of a model's configuration computes from logits; undefined when it has none, or one that is not known.
 *
 * @param training `compile_config` of an archive, or `training_config` of an `.h5` or of tfjs's model.json
 */
export function lossTakesLogits(training: unknown): boolean | undefined {
  const loss = isConfig(training) ? single(training['loss']) : undefined;
  if (loss == null) return undefined;
  const { config = {} } = kerasObject(loss) ?? {};
  return rowOf(LOSSES, loss) && config['from_logits'] === true;
}

function metricName(metric: unknown): string {
  return kerasObject(metric)?.className ?? String(metric);
}

/** Keras also takes a list of losses, one for each output, or an object by the outputs' names. */
function single(value: unknown): unknown {
  const isNamed = isConfig(value) && kerasObject(value) === undefined;
  const all = Array.isArray(value) ? value : isNamed ? Object.values(value) : [];
  return all.length === 1 ? all[0] : value;
}

function metricsOf(value: unknown): unknown[] {
  return value == null ? [] : [value].flat(Infinity).filter((metric) => metric != null);
}

function fromKeras(names: Names, value: unknown, what: string): Objective {
  const { className, config = {} } = kerasObject(value) ?? {};
  // Keras 2 wraps a metric's function.
  if (className === 'MeanMetricWrapper') return fromKeras(names, config['fn'], what);
  const [, , known] = rowOf(names, value) ?? [];
  if (known === undefined) {
    throw new Error(
      `its ${what} is ${JSON.stringify(className ?? value)}, which is not known here`,
    );
  }
  const { from_logits: takesLogits, threshold } = config;
  const isOther = typeof threshold === 'number' && threshold !== SETTINGS['threshold'];
  const given = isOther && className === 'BinaryAccuracy' ? ['threshold'] : [];
  const logits = takesLogits === true ? fromLogits[nameOf(known) as LogitLoss] : undefined;
  checkSettings(config, `its ${what} ${className}`, logits ? ['from_logits'] : given);
  return logits ?? (given.length > 0 ? binaryAccuracyAbove(threshold as number) : known);
}

/** @param given settings that are computed with here, whatever they are */
function checkSettings(config: Config, what: string, given: readonly string[]): void {
  for (const [name, expected] of Object.entries(SETTINGS)) {
    if (!(name in config) || given.includes(name) || sameJson(config[name], expected)) continue;
    // Keras 2 wrote "auto".
    if (name === 'reduction' && config[name] === 'auto') continue;
    throw new Error(
      `${what} must have ${name} ${JSON.stringify(expected)}, got ${JSON.stringify(config[name])}`,
    );
  }
}

/**
 * Writes as Keras does how a model was compiled; what came from Keras goes back as it came.
 *
 * @throws Error when the loss, the optimizer or a metric is none that Keras has
 */
export function compileToKeras(model: tf.LayersModel): Config {
  const { metrics } = model as unknown as { metrics?: unknown };
  if (isConfig(metrics)) throw new Error('its metrics must be a list, the same for all outputs');
  const { loss, metrics: measured } = compilationOf(model)?.keras ?? {
    loss: toKeras(LOSSES, single(model.loss), 'loss'),
    metrics: metricsOf(metrics).map((metric) => toKeras(METRICS, metric, 'metric')),
  };
  return {
    optimizer: optimizerToKeras(model.optimizer),
    loss,
    loss_weights: null,
    metrics: measured,
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

function toKeras(names: Names, value: unknown, what: string): unknown {
  const module = `keras.${what === 'loss' ? 'losses' : 'metrics'}`;
  const logits = Object.entries(fromLogits).find(([, known]) => known === value);
  const known = names.find(
    ([, , tfjs]) => isSame(tfjs, value) || (logits && isSame(tfjs, logits[0])),
  );
  const threshold = thresholdOf(value);
  if (threshold !== undefined) return toKerasObject(module, 'BinaryAccuracy', { threshold });
  if (known && logits) return toKerasObject(module, known[1], { from_logits: true });
  if (known) return known[0] || toKerasObject(module, known[1], {});
  const shown = typeof value === 'function' ? 'a function of its own' : JSON.stringify(value);
  throw new Error(
    `its ${what} is ${shown}, which Keras does not know: save it with includeOptimizer: false`,
  );
}
