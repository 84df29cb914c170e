import { nativeBackend } from '../native/nativeBackend';
import { aroundEvaluation, aroundTraining, type Step } from '../native/aroundSteps';
import { installer } from '../native/installer';
import { tf } from '../native/tfjs';
import { fromLogits } from './fromLogits';
import { lossOfOutput, metricsOfOutput } from './lossOfOutput';

/** A model with the metrics that it was compiled with, which tfjs's types call private. */
type Compiled = tf.LayersModel & { metrics?: unknown };

/**
 * Lets a model refuse labels that are the number of no output, before it trains on them or is evaluated, as Keras does on the
 * CPU: tfjs computes a loss of 0 for them, and nothing is learned from them. On WebGPU they are not read, which would let
 * each step wait. `SMILE_STOCK_KERNELS=1` leaves tfjs as it is.
 */
export const installLabelCheck = installer(() => {
  aroundTraining(afterCheck);
  aroundEvaluation(afterCheck);
});

function afterCheck(model: tf.LayersModel, run: Step): Step {
  return (data) => {
    if (nativeBackend()) checkLabelValues(model, data);
    return run(data);
  };
}

function checkLabelValues(
  { inputs, outputs, outputNames, loss, metrics }: Compiled,
  data: tf.Tensor[],
): void {
  outputNames.forEach((name, i) => {
    const what = isSparse(lossOfOutput(loss, name, i))
      ? 'loss'
      : metricsOfOutput(metrics, name).some(isSparse) && 'metric';
    const classes = outputs[i]!.shape.at(-1);
    // With one output another sentence says what is wrong.
    if (!what || classes == null || classes === 1) return;
    // Keras takes the whole part of a number as well.
    const stray = data[inputs.length + i]!.dataSync().find(
      (label) => !(label > -1 && label < classes),
    );
    if (stray === undefined) return;
    throw new RangeError(
      `Cannot compute the ${what} "sparseCategoricalCrossentropy" of ${classes} outputs: each label must be the number of one of them, 0 to ${classes - 1}, got ${stray}; give the last layer one output a class (units), and count the classes from 0`,
    );
  });
}

function isSparse(given: unknown): boolean {
  return (
    given === 'sparseCategoricalCrossentropy' || given === fromLogits.sparseCategoricalCrossentropy
  );
}
