import path from 'node:path';

import { loadKeras } from '../../src/saving/loadKeras';
import { tf } from '../../src/tensorflow/tf';

/*
`keras2/functional.h5` was saved by Keras 2 (tf_keras 2.21.0), which is not installed here:

import numpy as np, tf_keras as keras
from tf_keras import layers
base = keras.Sequential([layers.Conv2D(2, 3, input_shape=(5, 5, 2), activation='swish'),
    layers.BatchNormalization(), layers.LeakyReLU(alpha=0.2)], name='base')
i = keras.Input((5, 5, 2))
h = base(i, training=False)
h = layers.Add()([layers.SeparableConv2D(2, 3, padding='same')(h), h])
h = layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(h))
m = keras.Model(i, layers.Dense(1, activation='sigmoid')(h))
rng = np.random.default_rng(1)
for w in m.weights: w.assign(0.5 * rng.random(w.shape) - (0 if 'variance' in w.name else 0.2))
m.compile('adam', loss='binary_crossentropy', metrics=['accuracy'])
x = np.linspace(0, 1, 50).reshape(1, 5, 5, 2).astype('float32')
m.train_on_batch(x, np.ones((1, 1)))
m.save('functional.h5')
print(m.predict(x))
*/
const PREDICTION = 0.5550349354743958;

test('loadKeras() opens an .h5 of Keras 2, compiled, with its predictions', async () => {
  const before = tf.memory().numTensors;
  const model = await loadKeras(path.join(__dirname, 'keras2/functional.h5'));
  tf.tidy(() => {
    const x = tf.linspace(0, 1, 50).reshape([1, 5, 5, 2]);
    const [prediction] = (model.predict(x) as tf.Tensor).dataSync();
    expect(prediction).toBeCloseTo(PREDICTION, 5);
  });
  expect(model.metricsNames).toEqual(['loss', 'binaryAccuracy']);
  expect(model.optimizer.getConfig()).toMatchObject({ beta1: 0.9, epsilon: 1e-7 });
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
