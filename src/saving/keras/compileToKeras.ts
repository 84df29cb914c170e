import { sourceOf } from '../../tensorflow/objective/madeObjective';
import { fromLogits } from '../../tensorflow/objective/fromLogits';
import { lossOfOutput, metricsOfOutput } from '../../tensorflow/objective/lossOfOutput';
import type { tf } from '../../tensorflow/tf';
import { type Compilation, compilationOf, single } from './compilation';
import { isSameObjective, LOSSES, METRICS, type Names } from './objectiveTable';
import { optimizerToKeras } from './optimizer';
import { type Config, toKerasObject } from './values/values';

/**
 * Writes as Keras does how a model was compiled; what came from Keras goes back as it came.
 *
 * @throws {Error} when the loss, the optimizer or a metric is none that Keras has
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
  const isOne = model.outputs.length === 1;
  const each = model.outputs.map((_, i) => {
    const name = model.outputNames[i]!;
    const loss = isOne ? single(model.loss) : lossOfOutput(model.loss, name, i);
    return {
      loss: toKeras(LOSSES, loss, 'loss'),
      metrics: metricsOfOutput(metrics, name).map((metric) => toKeras(METRICS, metric, 'metric')),
    };
  });
  const ofAll = <T>(values: readonly T[]) => (isOne ? values[0] : values);
  return {
    loss: ofAll(each.map(({ loss }) => loss)),
    metrics: ofAll(each.map((one) => one.metrics)),
    loss_weights: null,
    weighted_metrics: null,
  };
}

function toKeras(names: Names, value: unknown, what: string): unknown {
  const module = `keras.${what === 'loss' ? 'losses' : 'metrics'}`;
  const logits = Object.entries(fromLogits).find(([, known]) => known === value);
  const known = names.find(
    ([, , tfjs]) => isSameObjective(tfjs, value) || (logits && isSameObjective(tfjs, logits[0])),
  );
  const made = sourceOf(value);
  if (made) return toKerasObject(module, made.className, made.settings);
  if (known && logits) return toKerasObject(module, known[1], { from_logits: true });
  if (known) return known[0] || toKerasObject(module, known[1], {});
  const shown = typeof value === 'function' ? 'a function of its own' : JSON.stringify(value);
  throw new Error(
    `its ${what} is ${shown}, which Keras does not know: save it with includeOptimizer: false`,
  );
}
