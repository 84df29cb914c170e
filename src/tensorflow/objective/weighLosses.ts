import { tf } from '../native/tfjs';
import type { Loss } from './fromLogits';

/** Parts of tfjs's models that its types call private. */
interface Compiled {
  lossFunctions: Loss[];
}

/** Of the loss functions of a model with weights, where a step of training puts the losses before they are weighed. */
const weighed = new WeakMap<Loss[], { losses: tf.Tensor[]; isTraining: boolean }>();

/**
 * Lets a compiled model sum the losses of its outputs with weights, which tfjs does not know: each output's own loss is shown
 * without its weight, as in Keras. It holds until the model is compiled anew.
 *
 * @param weights one for each output, in their order
 */
export function weighLosses(model: tf.LayersModel, weights: readonly number[]): void {
  // A Sequential model does its work in one within it.
  const { model: inner = model } = model as { model?: object };
  const { lossFunctions } = inner as Compiled;
  const step = { losses: [] as tf.Tensor[], isTraining: false };
  lossFunctions.forEach((loss, i) => {
    lossFunctions[i] = (labels, outputs) => {
      const own = loss(labels, outputs);
      const isShown = step.isTraining && lossFunctions.length > 1;
      if (isShown) step.losses[i] = tf.keep(tf.mean(own));
      return tf.mul(own, weights[i]!);
    };
  });
  weighed.set(lossFunctions, step);
}

/**
 * Runs a step of training.
 *
 * @param train gives the sum of all losses, the loss of each of several outputs, and the metrics
 * @returns the same, with the losses of the outputs before they were weighed
 */
export function withOwnLosses(model: object, train: () => tf.Tensor[]): tf.Tensor[] {
  const step = weighed.get((model as Compiled).lossFunctions);
  if (!step) return train();
  Object.assign(step, { losses: [], isTraining: true });
  try {
    const [sum, ...values] = train();
    const { length } = step.losses;
    tf.dispose(values.slice(0, length));
    return [sum!, ...step.losses, ...values.slice(length)];
  } finally {
    Object.assign(step, { losses: [], isTraining: false });
  }
}
