import { binaryAccuracyAbove, thresholdOf } from '../../tensorflow/objective/accuracies';
import type { LossTold } from '../../models/outputMeaning';
import { fromLogits, isHingeLoss } from '../../tensorflow/objective/fromLogits';
import { weighLosses } from '../../tensorflow/objective/lossWeights';
import { lossOf, metricsOf as metricsOfOutput } from '../../tensorflow/objective/ofOutput';
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
import { type Config, isConfig, kerasObject, sameJson, toKerasObject } from './values/values';

type LogitLoss = keyof typeof fromLogits;

/** Metrics of Keras that are no mean over the batches: precision of all is not the mean of each batch's precision. */
const STREAMING = ['precision', 'recall', 'auc', 'f1score'];

/** How a model was compiled in Keras, beside what tfjs was given for it. */
interface Compilation {
  loss: Objective | Objective[];
  metrics: Objective[] | Record<string, Objective[]>;
  keras: { loss: unknown; metrics: unknown; loss_weights: unknown; weighted_metrics: unknown };
  /** What is measured of one output, as Keras has written it. */
  measured: readonly unknown[];
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
 * @param outputKeys by which the configuration names the model's outputs, in their order; when left out, by their layers
 * @returns the metrics that `fit` does not show here, since they count over all batches; {@link compileToKeras} writes
 * them again
 * @throws Error when the loss, the optimizer or a metric is none that tfjs has
 */
export function compileFromKeras(
  model: tf.LayersModel,
  config: Config,
  outputKeys?: readonly string[],
): string[] {
  const several = model.outputs.length > 1;
  const written = several
    ? writtenForEach(config, outputKeys ?? model.outputNames)
    : writtenForOne(config);
  const losses = written.losses.map((loss) => fromKeras(LOSSES, loss, 'loss'));
  const known = written.metrics.map((some, i) => {
    const plain = measuredHere(some);
    // Where samples have no weights, what is weighed with these is the same: it is measured once.
    const isThere = (metric: Objective) => plain.some(([, one]) => one === metric);
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
  const keras = {
    loss: several ? written.losses : written.losses[0],
    metrics: several ? written.metrics : written.metrics[0],
    loss_weights: several ? weights : (weights?.[0] ?? null),
    weighted_metrics: hasWeighted ? (several ? written.weighted : written.weighted[0]) : null,
  };
  const shown = known.flat().map(([metric]) => metric);
  compilations.set(optimizer, { loss, metrics: measured, keras, measured: shown });
  return [...written.metrics, ...written.weighted].flat().filter(isStreaming).map(metricName);
}

/** Those metrics of Keras' that tfjs can measure while it trains, and what it measures them with. */
function measuredHere(metrics: readonly unknown[]): Array<readonly [unknown, Objective]> {
  return metrics
    .filter((metric) => !isStreaming(metric))
    .map((metric) => [metric, fromKeras(METRICS, metric, 'metric')] as const);
}

/** What Keras has written of the losses and metrics of each output. */
interface Written {
  losses: unknown[];
  metrics: unknown[][];
  /** Metrics that are weighed with the weights of samples. */
  weighted: unknown[][];
  /** With which the losses are summed; null for 1. */
  weights: number[] | null;
}

function writtenForOne(config: Config): Written {
  const { loss, metrics, loss_weights: weights, weighted_metrics: weighted } = config;
  return {
    losses: [single(loss)],
    metrics: [metricsOf(metrics)],
    weighted: [metricsOf(weighted)],
    weights: weightsOf(weights == null ? null : [single(weights)]),
  };
}

function weightsOf(given: readonly unknown[] | null): number[] | null {
  const weights = given?.map((weight) => weight ?? 1) ?? null;
  if (weights && !weights.every((weight): weight is number => typeof weight === 'number')) {
    throw new Error(`its loss_weights must be numbers, got ${JSON.stringify(given)}`);
  }
  return weights as number[] | null;
}

/** The loss and the metrics that Keras has written for each of several outputs. */
function writtenForEach(
  { loss, metrics, loss_weights: weights, weighted_metrics: weighted }: Config,
  outputs: readonly string[],
): Written {
  const each = (given: unknown, what: string) =>
    eachOutput(given ?? outputs.map(() => null), outputs, what);
  return {
    losses: eachOutput(loss, outputs, 'loss'),
    metrics: each(metrics, 'metrics').map(metricsOf),
    weighted: each(weighted, 'weighted_metrics').map(metricsOf),
    weights: weightsOf(weights == null ? null : each(weights, 'loss_weights')),
  };
}

/** What is given for each of several outputs: one for all, or a list, or by name. */
function eachOutput(given: unknown, outputs: readonly string[], what: string): unknown[] {
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

/**
 * What Keras calls the metrics of a model's log, in the order in which the model was compiled with them: a metric's own name
 * where it came from Keras with one.
 *
 * @returns names by those of tfjs's log, without `val_`; what is not there has no other one
 */
export function kerasMetricNames(model: tf.LayersModel): ReadonlyMap<string, string> {
  const { metrics } = model as unknown as { metrics?: unknown };
  const measured = compilationOf(model)?.measured ?? [];
  const given = metricsOf(isConfig(metrics) ? [] : metrics);
  const logged = given.map(logName);
  const names = given.map((metric, i) => {
    const own = kerasObject(measured[i])?.config['name'] ?? measured[i];
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
  const { metrics = [] } = model as unknown as { metrics?: unknown };
  const sameList = (a: unknown, b: unknown) =>
    Array.isArray(a) && Array.isArray(b)
      ? a.length === b.length && a.every((one, i) => one === b[i])
      : a === b;
  const isUnchanged =
    compiled &&
    sameList(single(model.loss), compiled.loss) &&
    (sameList(metrics, compiled.metrics) || hasNone(metrics, compiled.metrics));
  return isUnchanged ? compiled : undefined;
}

/** Whether a model has no metrics, of one output or several. */
function hasNone(metrics: unknown, compiled: Compilation['metrics']): boolean {
  return [metrics, ...Object.values(compiled)].flat().length === 0;
}

function isStreaming(metric: unknown): boolean {
  // Keras takes the names of their classes and those in small letters, as f1_score.
  return STREAMING.includes(metricName(metric).toLowerCase().replaceAll('_', ''));
}

/**
 * The loss of a model's configuration.
 *
 * @param training `compile_config` of an archive, or `training_config` of an `.h5` or of tfjs's model.json
 */
export function lossTold(training: unknown): LossTold {
  const loss = isConfig(training) ? single(training['loss']) : undefined;
  if (loss == null) return { name: undefined, takesLogits: undefined };
  const { className, config = {} } = kerasObject(loss) ?? {};
  const name = className ?? (typeof loss === 'string' ? loss : 'several');
  const { from_logits: given } = config;
  const isKnown = rowOf(LOSSES, loss) !== undefined && !isHingeLoss(name);
  return { name, takesLogits: typeof given === 'boolean' ? given : isKnown ? false : undefined };
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
  const { loss, metrics, loss_weights, weighted_metrics } =
    compilationOf(model)?.keras ?? compiledHere(model);
  return {
    optimizer: optimizerToKeras(model.optimizer),
    loss,
    loss_weights,
    metrics,
    weighted_metrics,
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

/** How a model was compiled that did not come from Keras so: of several outputs, a list of what each one has. */
function compiledHere(model: tf.LayersModel): Compilation['keras'] {
  const { metrics } = model as unknown as { metrics?: unknown };
  const lossToKeras = (loss: unknown) => toKeras(LOSSES, loss, 'loss');
  const metricsToKeras = (some: unknown[]) =>
    some.map((metric) => toKeras(METRICS, metric, 'metric'));
  const names = model.outputNames;
  const unweighed = { loss_weights: null, weighted_metrics: null };
  if (model.outputs.length === 1) {
    return {
      ...unweighed,
      loss: lossToKeras(single(model.loss)),
      metrics: metricsToKeras(metricsOfOutput(metrics, names[0]!)),
    };
  }
  return {
    ...unweighed,
    loss: names.map((name, i) => lossToKeras(lossOf(model.loss, name, i))),
    metrics: names.map((name) => metricsToKeras(metricsOfOutput(metrics, name))),
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
