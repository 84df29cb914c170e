import { checkOptionNames } from '../errors/checkOptionNames';
import { kerasAdam } from '../tensorflow/kerasAdam';
import { tf } from '../tensorflow/tf';

/**
 * Builds and compiles the network of the happy-or-sad exercise, with random weights: 2,391,329 parameters.
 *
 * Input `[n, 150, 150, 3]`, float32 in 0–1. Three convolutions (16, 32, 64 filters of 3×3, relu), each followed by
 * 2×2 max-pooling, then Dense 128 (relu) and Dense 1 (sigmoid). Output `[n, 1]` in 0–1: the probability of the second
 * class. Adam, binary cross-entropy, accuracy. Initial weights are drawn as Keras draws them: Glorot uniform, biases 0.
 *
 * @param options.seed makes the initial weights the same each time; without it they differ
 * @returns a fresh compiled model; the caller disposes it
 * @example
 * const model = buildHappyOrSad({ seed: 1 });
 * model.summary();
 */
export function buildHappyOrSad(options: { seed?: number } = {}): tf.Sequential {
  checkOptionNames('Cannot build the network', options, { seed: true });
  const { seed } = options;
  const model = tf.sequential({ name: 'happy_or_sad' });
  // One seed a layer: with the same one, layers of equal shape would start equal.
  const glorot = (layer: number) =>
    tf.initializers.glorotUniform(seed === undefined ? {} : { seed: seed * 100 + layer });

  [16, 32, 64].forEach((filters, layer) => {
    model.add(
      tf.layers.conv2d({
        ...(layer === 0 ? { inputShape: [150, 150, 3] } : {}),
        filters,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer: glorot(layer),
      }),
    );
    model.add(tf.layers.maxPooling2d({ poolSize: 2 }));
  });
  model.add(tf.layers.flatten()); // [n, 17, 17, 64] -> [n, 18496]
  model.add(tf.layers.dense({ units: 128, activation: 'relu', kernelInitializer: glorot(3) }));
  model.add(tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: glorot(4) }));

  model.compile({ optimizer: kerasAdam(), loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  // Else tfjs would leave the optimizer's tensors, twice the model's size, when the model is disposed.
  return Object.assign(model, { isOptimizerOwned: true });
}
