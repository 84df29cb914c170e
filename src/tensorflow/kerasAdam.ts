import { KerasAdam } from './kernels/installAdam';
import { checkOptimizer } from './refuseOptimizers';
import type { tf } from './tf';

/**
 * The optimizer that `optimizer='adam'` means in Keras, `keras.optimizers.Adam`, with Keras' defaults.
 *
 * @param learningRate step size, above 0
 * @returns a fresh optimizer; the caller disposes it, since a model only does so with one that it was given by name
 * @throws {RangeError} when the step size is no number above 0
 */
export function kerasAdam(learningRate = 0.001): tf.AdamOptimizer {
  checkOptimizer('adam', [learningRate]);
  return new KerasAdam(learningRate, 0.9, 0.999, 1e-7);
}
