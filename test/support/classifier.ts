import type { Classifier } from '../../src/models/classifier';
import { tf } from '../../src/tensorflow/tf';

/** A small classifier of 4×4 pictures, with random weights. */
export function smallClassifier(
  seed: number,
  classNames = ['happy', 'sad'],
  activation: 'sigmoid' | 'softmax' = 'sigmoid',
): Classifier {
  const kernelInitializer = tf.initializers.glorotUniform({ seed });
  const units = activation === 'sigmoid' ? 1 : classNames.length;
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [4, 4, 3], filters: 2, kernelSize: 3, kernelInitializer }),
      tf.layers.flatten(),
      tf.layers.dense({ units, activation, kernelInitializer }),
    ],
  });
  return { model, classNames, input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } } };
}

/** The same classifier, but its pictures have another size. */
export function sized(classifier: Classifier, imageSize: [number, number]): Classifier {
  return { ...classifier, input: { ...classifier.input, imageSize } };
}

/**
 * What a model predicts for the same picture each time. Op by op: `predict` takes the graph from its second batch on, and the
 * last bits of both differ on some processors.
 */
export function predictionOf({ model }: Classifier): number[] {
  return tf.tidy(() => {
    const picture = tf.linspace(0, 1, 48).reshape([1, 4, 4, 3]);
    return Array.from((model.apply(picture) as tf.Tensor).dataSync());
  });
}
