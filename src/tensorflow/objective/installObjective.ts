import { warnOnce } from '../native/warnOnce';
import { aroundEvaluation, aroundTraining } from '../native/aroundSteps';
import { installer } from '../native/installer';
import { tf } from '../native/tfjs';
import { accuracyByShape } from './accuracyByShape';
import { probabilitiesAtEnd } from './activationAtEnd';
import { checkCompileArgs } from './checkCompileArgs';
import { checkLabelShape } from './checkLabelShape';
import { fromLogits, type Loss } from './fromLogits';
import { hingeLabels, isHinge } from './hingeLabels';
import { isKnownObjective } from './isKnownObjective';
import { installKeptLogits, keepingLogits, logitsBehind } from './installKeptLogits';
import { smoothedBy, smoothLabels } from './lossesWithSettings';
import { withOwnLosses } from './weighLosses';
import { lossOfOutput, metricsOfOutput } from './lossOfOutput';
import { installPenalties, withPenalties } from './installPenalties';
import { withAddedPenalties } from './outputPenalties';
import { sameRank } from './sameRank';
import { compileWholly } from './compileWholly';

/** Keras warns, too, in keras/src/losses/losses.py. */
const ONE_OF_ONE =
  'A model with one output is compiled with the loss "categoricalCrossentropy", which is always 0 for one output, so that nothing is learned: take "binaryCrossentropy" with a sigmoid, or one output a class.';

/** Keras says so while it trains. */
const SOFTMAX_OF_ONE =
  'A model is compiled that ends in a softmax over one number, which is always 1, so that nothing is learned: take a sigmoid, or one output a class.';

/** Metrics of tfjs that count only outputs of exactly 1, and have the names of others. */
const OF_EXACT_ONES: readonly unknown[] = ['precision', 'recall'];

/** Parts of tfjs's models that its types call private. */
interface Compiled {
  outputs: tf.SymbolicTensor[];
  outputNames: string[];
  loss: unknown;
  lossFunctions: Loss[];
  /** Those by which tfjs checks the shape of labels. */
  feedLossFns: Loss[];
  metrics?: unknown;
  metricsTensors: Array<[metric: Loss, output: number]>;
  compile(args: tf.ModelCompileArgs): void;
}

/** Models with a loss that computes from the logits behind their outputs. */
const withLogits = new WeakSet<object>();

/**
 * Lets every model that is compiled compute its losses and metrics as Keras does where tfjs does otherwise:
 *
 * - labels `[n]`, as a loader gives them, fit outputs `[n, 1]`, and whole numbers every loss;
 * - a hinge takes labels 0 and 1 for -1 and 1;
 * - labels whose shape a loss does not take are refused, also those of a data set;
 * - a softmax with a binary crossentropy, and a sigmoid with a categorical one, are not what their names say: Keras takes
 *   the logits behind the activation and applies the loss's own function to them;
 * - "accuracy" is chosen by the shapes of labels and outputs;
 * - the penalties of regularizers are part of an evaluation's loss too, which tfjs leaves out, and each counts once;
 * - of several outputs the loss is the sum of theirs: tfjs's evaluation gives the first one's, and each value under the name
 *   of the one after it.
 *
 * What both compute alike stays tfjs's own. `SMILE_STOCK_KERNELS=1` leaves tfjs's losses and metrics as they are.
 */
export const installObjective = installer(() => {
  installKeptLogits();
  installPenalties();
  const prototype = tf.LayersModel.prototype as unknown as Compiled;
  const { compile } = prototype;
  prototype.compile = function (this: Compiled, args) {
    checkCompileArgs(args);
    compile.call(this, args);
    asKeras(this, compile);
  };
  compileWholly(prototype);
  compileWholly(tf.Sequential.prototype as unknown as Compiled);
  aroundTraining((model, train) => (data) => {
    const run = () => withItsLogits(model, () => train(data));
    return withAddedPenalties(() => withOwnLosses(model, run));
  });
  aroundEvaluation(
    (model, test) => (data) =>
      withAddedPenalties(() => {
        const values = withItsLogits(model, () => test(data));
        const [loss, ...others] = withoutPartSums(model, values);
        return [withPenalties(model, loss!), ...others];
      }),
  );
});

/**
 * Runs something that makes outputs of a compiled model and computes its losses.
 *
 * @param run gets whether the outputs must come from `model.apply`: those that `predict` gives have no logits behind them
 */
export function withItsLogits<T>(model: object, run: (needsApply: boolean) => T): T {
  // A Sequential model does its work in one within it.
  const { model: inner = model } = model as { model?: object };
  return withLogits.has(inner) ? keepingLogits(() => run(true)) : run(false);
}

/** Before the sum of all outputs' losses tfjs's evaluation gives the sums of the first of them. */
function withoutPartSums({ outputNames }: tf.LayersModel, values: tf.Tensor[]): tf.Tensor[] {
  const parts = outputNames.length - 1;
  tf.dispose(values.slice(0, parts));
  return values.slice(parts);
}

function asKeras(model: Compiled, compile: Compiled['compile']): void {
  withLogits.delete(model);
  const { outputNames, lossFunctions } = model;
  outputNames.forEach((name, i) => {
    const given = lossOfOutput(model.loss, name, i);
    const stock = lossFunctions[i]!;
    const named = crossentropyOf(given);
    if (named !== undefined) model.feedLossFns[i] = tfjsLoss(compile, named);
    if (stock == null) return;
    const hasOne = model.outputs[i]!.shape.at(-1) === 1;
    if (hasOne && probabilitiesAtEnd(model.outputs[i]!) === 'softmax') warnOnce(SOFTMAX_OF_ONE);
    if (nameOf(given) === 'categoricalCrossentropy' && hasOne) {
      warnOnce(ONE_OF_ONE);
    }
    lossFunctions[i] = prepared(asInKeras(model, i, given, stock), given, 'loss');
    // With several outputs each one's loss stands before the metrics.
    if (outputNames.length > 1) model.metricsTensors[i] = [lossFunctions[i]!, i];
  });
  let next = outputNames.length > 1 ? outputNames.length : 0;
  outputNames.forEach((name, i) => {
    for (const metric of metricsOfOutput(model.metrics, name)) {
      if (OF_EXACT_ONES.includes(nameOf(metric))) warnOfExactOnes(String(nameOf(metric)));
      const isAccuracy = metric === 'accuracy' || metric === 'acc';
      const [stock] = model.metricsTensors[next]!;
      const measured = isAccuracy ? accuracyByShape : asInKeras(model, i, metric, stock);
      model.metricsTensors[next] = [prepared(measured, metric, 'metric'), i];
      next += 1;
    }
  });
}

function warnOfExactOnes(name: string): void {
  warnOnce(
    `A model is compiled with the metric "${name}", for which tfjs counts only outputs that are exactly 1: of probabilities it is mostly 0. evaluateClassifier(), new Precision() and new Recall() measure as Keras does, over all batches.`,
  );
}

/** A loss or metric as Keras computes it of an output: perhaps from the logits behind it. */
function asInKeras(model: Compiled, output: number, given: unknown, stock: Loss): Loss {
  const smoothed = smoothedBy(given);
  if (smoothed) {
    const { base, compute, smoothing } = smoothed;
    const asThere = asInKeras(model, output, base, compute);
    return (labels, outputs) => asThere(smoothLabels(labels, nameOf(given), smoothing), outputs);
  }
  const end = probabilitiesAtEnd(model.outputs[output]!);
  if (!end) return nameOf(given) === 'sparseCategoricalCrossentropy' ? sparseOfOutputs : stock;
  const behind = lossBehind(given, end);
  if (!behind) return stock;
  withLogits.add(model);
  return (labels, outputs) => {
    const logits = logitsBehind(outputs);
    return logits ? behind(labels, logits) : stock(labels, outputs);
  };
}

/** Keras cuts what is no probability off once, tfjs a second time after it has made the sum 1. */
const sparseOfOutputs: Loss = (labels, outputs) =>
  tf.tidy(() => {
    const epsilon = tf.backend().epsilon();
    const cut = tf.clipByValue(outputs, epsilon, 1 - epsilon);
    return fromLogits.sparseCategoricalCrossentropy(labels, tf.log(cut));
  });

/** tfjs's name of a loss or metric, which may be given as its function. */
function nameOf(given: unknown): unknown {
  return typeof given === 'function' && isKnownObjective(given) ? given.name : given;
}

/** tfjs's name of a crossentropy that is given as a function of this library. */
function crossentropyOf(given: unknown): string | undefined {
  const base = smoothedBy(given)?.base ?? given;
  if (base !== given && typeof base === 'string') return base;
  return Object.entries(fromLogits).find(([, loss]) => loss === base)?.[0];
}

/** Gets labels as Keras hands them on; what somebody has written gets whole numbers as they are. */
function prepared(objective: Loss, given: unknown, what: 'loss' | 'metric'): Loss {
  const isOwn = typeof given === 'function' && !isKnownObjective(given);
  const name = crossentropyOf(given) ?? nameOf(given);
  return (labels, outputs) =>
    tf.tidy(() => {
      const [truth, predicted] = sameRank(labels, outputs);
      if (!isOwn) checkLabelShape(String(name), what, truth, predicted);
      const isReady = isOwn || truth.dtype === 'float32';
      const float = isReady ? truth : tf.cast(truth, 'float32');
      return objective(isHinge(name) ? hingeLabels(float) : float, predicted);
    });
}

/** What Keras computes of the logits behind an activation; undefined where tfjs computes the same from the probabilities. */
function lossBehind(given: unknown, end: 'sigmoid' | 'softmax'): Loss | undefined {
  for (const [name, loss] of Object.entries(fromLogits)) {
    const fits = (name === 'binaryCrossentropy') === (end === 'sigmoid');
    if (given === loss || (nameOf(given) === name && !fits)) return loss;
  }
  return undefined;
}

/** tfjs's function of a name, by which it checks the shape of labels; it does not export it. */
function tfjsLoss(compile: Compiled['compile'], loss: string): Loss {
  const probe = { outputs: [null], outputNames: ['output'], internalOutputShapes: [[null, 1]] };
  const compiled = probe as unknown as Compiled;
  const optimizer = tf.train.sgd(1);
  compile.call(compiled, { optimizer, loss });
  optimizer.dispose();
  return compiled.feedLossFns[0]!;
}
