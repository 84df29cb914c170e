import { tf } from './tf';

/**
 * Adam with epsilon where Keras has it: beside sqrt(v), before the bias correction.
 *
 * Keras: w -= lr · sqrt(1 - β2^t) / (1 - β1^t) · m / (sqrt(v) + ε), which is
 * w -= lr · m̂ / (sqrt(v̂) + ε / sqrt(1 - β2^t)) with the bias-corrected m̂ and v̂ that tfjs computes. So tfjs's own step
 * with that larger ε is Keras' step. At t = 1 it is 32 times larger.
 * Source: https://github.com/keras-team/keras/blob/master/keras/src/optimizers/adam.py
 */
class KerasAdam extends tf.AdamOptimizer {
  private readonly kerasEpsilon: number;

  constructor(learningRate: number, beta1: number, beta2: number, epsilon: number) {
    super(learningRate, beta1, beta2, epsilon);
    this.kerasEpsilon = epsilon;
  }

  override applyGradients(gradients: Parameters<tf.AdamOptimizer['applyGradients']>[0]): void {
    this.epsilon = this.kerasEpsilon / Math.sqrt(1 - this.beta2 ** (this.iterations + 1));
    super.applyGradients(gradients);
  }

  override getConfig() {
    return { ...super.getConfig(), epsilon: this.kerasEpsilon };
  }
}

/**
 * The optimizer that `optimizer='adam'` means in Keras, with Keras' defaults.
 *
 * @param learningRate step size, above 0
 * @returns a fresh optimizer; the caller disposes it, since a model only does so with one that it was given by name
 */
export function kerasAdam(learningRate = 0.001): tf.AdamOptimizer {
  return new KerasAdam(learningRate, 0.9, 0.999, 1e-7);
}
