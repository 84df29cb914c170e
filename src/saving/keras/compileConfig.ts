import type { tf } from '../../tensorflow/tf';
import { optimizerFromKeras, optimizerToKeras } from './optimizer';
import { type Config, isConfig, kerasObject, sameJson } from './values';

/** Losses that compute the same on both sides: Keras' name, its class, tfjs's name. */
const LOSSES = [
  ['binary_crossentropy', 'BinaryCrossentropy', 'binaryCrossentropy'],
  ['categorical_crossentropy', 'CategoricalCrossentropy', 'categoricalCrossentropy'],
  [
    'sparse_categorical_crossentropy',
    'SparseCategoricalCrossentropy',
    'sparseCategoricalCrossentropy',
  ],
  ['mean_squared_error', 'MeanSquaredError', 'meanSquaredError'],
  ['mean_absolute_error', 'MeanAbsoluteError', 'meanAbsoluteError'],
  ['mse', 'MeanSquaredError', 'meanSquaredError'],
  ['mae', 'MeanAbsoluteError', 'meanAbsoluteError'],
] as const;

/** Metrics of Keras that are no mean over the batches: precision of all is not the mean of each batch's precision. */
const STREAMING = ['Precision', 'Recall', 'AUC', 'F1Score'];

/**
 * What a model was compiled with in Keras and tfjs cannot measure while it trains, so that it is not lost when the model
 * goes back. It holds as long as the optimizer stays: who compiles anew chooses metrics anew.
 */
const streamingMetrics = new WeakMap<
  tf.LayersModel,
  { metrics: unknown[]; optimizer: tf.Optimizer }
>();

/** Metrics likewise. tfjs's precision is another than Keras'. */
const METRICS = [
  ['accuracy', 'Accuracy', 'accuracy'],
  ['acc', '', 'accuracy'],
  ['accuracy', '', 'acc'],
  ['binary_accuracy', 'BinaryAccuracy', 'binaryAccuracy'],
  ['categorical_accuracy', 'CategoricalAccuracy', 'categoricalAccuracy'],
  ['mse', 'MeanSquaredError', 'mse'],
  ['mae', 'MeanAbsoluteError', 'mae'],
  ['mean_squared_error', 'MeanSquaredError', 'mse'],
  ['mean_absolute_error', 'MeanAbsoluteError', 'mae'],
] as const;

type Names = ReadonlyArray<readonly [name: string, className: string, tfjs: string]>;

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
  const loss = fromKeras(LOSSES, single(config['loss']), 'loss');
  const all = metricsOf(config['metrics']);
  const streaming = all.filter((metric) => STREAMING.includes(metricName(metric)));
  const metrics = all
    .filter((metric) => !streaming.includes(metric))
    .map((metric) => fromKeras(METRICS, metric, 'metric'));
  const optimizer = optimizerFromKeras(config['optimizer'] ?? config['optimizer_config']);
  model.compile({ optimizer, loss, ...(metrics.length > 0 ? { metrics } : {}) });
  Object.assign(model, { isOptimizerOwned: true });
  streamingMetrics.set(model, { metrics: streaming, optimizer });
  return streaming.map(metricName);
}

function metricName(metric: unknown): string {
  return kerasObject(metric)?.className ?? String(metric);
}

/** Keras also takes a list of losses, one for each output. */
function single(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}

function metricsOf(value: unknown): unknown[] {
  return value == null ? [] : [value].flat(Infinity).filter((metric) => metric != null);
}

function fromKeras(names: Names, value: unknown, what: string): string {
  const { className, config = {} } = kerasObject(value) ?? {};
  // Keras 2 wraps a metric's function.
  if (className === 'MeanMetricWrapper') return fromKeras(names, config['fn'], what);
  const known = names.find(([name, itsClass]) =>
    className === undefined ? name === value : itsClass === className,
  );
  if (!known) {
    throw new Error(
      `its ${what} is ${JSON.stringify(className ?? value)}, which is not known here`,
    );
  }
  for (const [name, expected] of Object.entries(SETTINGS)) {
    const isOther = name in config && !sameJson(config[name], expected);
    // Keras 2 wrote "auto".
    if (isOther && !(name === 'reduction' && config[name] === 'auto')) {
      throw new Error(
        `its ${what} ${className} must have ${name} ${JSON.stringify(expected)}, got ${JSON.stringify(config[name])}`,
      );
    }
  }
  return known[2];
}

/**
 * Writes as Keras does how a model was compiled.
 *
 * @throws Error when the loss, the optimizer or a metric is none that Keras has
 */
export function compileToKeras(model: tf.LayersModel): Config {
  const { metrics } = model as unknown as { metrics?: unknown };
  if (isConfig(metrics)) throw new Error('its metrics must be a list, the same for all outputs');
  const streaming = streamingMetrics.get(model);
  const kept = streaming?.optimizer === model.optimizer ? streaming.metrics : [];
  return {
    optimizer: optimizerToKeras(model.optimizer),
    loss: toKeras(LOSSES, single(model.loss), 'loss'),
    loss_weights: null,
    metrics: [...metricsOf(metrics).map((metric) => toKeras(METRICS, metric, 'metric')), ...kept],
    weighted_metrics: null,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

function toKeras(names: Names, value: unknown, what: string): string {
  const known = names.find(([, , tfjs]) => tfjs === value);
  if (known) return known[0];
  const shown = typeof value === 'function' ? 'a function of its own' : JSON.stringify(value);
  throw new Error(
    `its ${what} is ${shown}, which Keras does not know: save it with includeOptimizer: false`,
  );
}
