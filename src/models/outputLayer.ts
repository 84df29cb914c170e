import { tf } from '../tensorflow/tf';

/**
 * The last layer of a network that tells classes apart, and the loss that fits it.
 *
 * Two classes: one sigmoid, `[n, 1]`, the probability of the second class, for labels `[n, 1]` (labelMode 'binary'). More,
 * as seven emotions: a softmax, `[n, classes]`, a probability each, for labels of the same shape ('categorical').
 *
 * @param classes how many there are, a whole number from 2
 * @param kernelInitializer of the layer's weights
 */
export function outputLayer(
  classes: number,
  kernelInitializer: ReturnType<typeof tf.initializers.glorotUniform>,
): { layer: tf.layers.Layer; loss: 'binaryCrossentropy' | 'categoricalCrossentropy' } {
  return classes === 2
    ? {
        layer: tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer }),
        loss: 'binaryCrossentropy',
      }
    : {
        layer: tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer }),
        loss: 'categoricalCrossentropy',
      };
}

/** How a dataset gives the labels that fit {@link outputLayer}. */
export function labelModeFor(classes: number): 'binary' | 'categorical' {
  return classes === 2 ? 'binary' : 'categorical';
}
