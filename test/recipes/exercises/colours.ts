import type { Recipe } from '../../../src/recipes/recipe';
import { tf } from '../../../src/tensorflow/tf';

/** Three or four colours, told apart by a softmax: nothing but this file says so. */
export const colours: Recipe = {
  name: 'colours',
  classes: { least: 3, most: 4 },
  loading: { imageSize: [4, 4], batchSize: 4, labelMode: 'categorical' },
  rescale: { divisor: 255 },
  isSplit: true,
  build({ seed, classes }) {
    const kernelInitializer = tf.initializers.glorotUniform({ seed });
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [4, 4, 3] }),
        tf.layers.dense({ units: classes, activation: 'softmax', kernelInitializer }),
      ],
    });
    model.compile({
      optimizer: tf.train.adam(0.05),
      loss: 'categoricalCrossentropy',
      metrics: ['accuracy'],
    });
    return model;
  },
  epochs: 3,
  isKept: true,
};
