import { tmpdir } from 'node:os';
import path from 'node:path';

import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

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

/*
The other files of `keras2`, by the same Keras:

x = np.linspace(-1, 1, 12).reshape(4, 3).astype('float32')
y = np.array([[0], [1], [0], [1]])
for name, optimizer in dict(adam=keras.optimizers.Adam(0.05), sgd=keras.optimizers.SGD(0.1),
        legacy=keras.optimizers.legacy.Adam(0.05)).items():
    m = keras.Sequential([layers.Dense(4, activation='tanh', input_shape=(3,)), layers.Dense(1, activation='sigmoid')])
    rng = np.random.default_rng(1)
    for w in m.weights: w.assign(rng.random(w.shape) - 0.5)
    m.compile(optimizer, loss='binary_crossentropy')
    for _ in range(3): m.train_on_batch(x, y)
    m.save(name + '.h5')
    print(name, [float(m.train_on_batch(x, y)) for _ in range(3)])
*/
const LOSSES = {
  adam: [0.6449313759803772, 0.6317687630653381, 0.6230387091636658],
  sgd: [0.7133735418319702, 0.7106318473815918, 0.7080036401748657],
};

/** The losses of three more steps. */
async function trainOn(name: string): Promise<number[]> {
  const model = await loadKeras(path.join(__dirname, `keras2/${name}.h5`));
  const xs = tf.tidy(() => tf.linspace(-1, 1, 12).reshape([4, 3]));
  const ys = tf.tensor2d([[0], [1], [0], [1]]);
  const losses: number[] = [];
  for (let step = 0; step < 3; step++) losses.push((await model.trainOnBatch(xs, ys)) as number);
  tf.dispose([xs, ys]);
  model.dispose();
  model.optimizer.dispose();
  return losses;
}

test.each(['adam', 'sgd'] as const)(
  'loadKeras() goes on training where Keras 2 has stopped: %s',
  async (name) => {
    const losses = await trainOn(name);
    losses.forEach((loss, step) => expect(loss).toBeCloseTo(LOSSES[name][step]!, 5));
  },
);

/*
`keras2/named-adam.keras`, by the same Keras, whose archive names the optimizer alone, and keeps no learning rate:

x = np.linspace(0, 1, 96).reshape(8, 2, 2, 3).astype('float32')
y = np.arange(8) % 2
keras.utils.set_random_seed(1)
m = keras.Sequential([layers.InputLayer((2, 2, 3)), layers.Flatten(), layers.Dense(1, activation='sigmoid')])
m.compile('adam', 'binary_crossentropy', ['accuracy'])
m.train_on_batch(x, y)
m.save('named-adam.keras')
print([float(m.train_on_batch(x, y)[0]) for _ in range(3)])
*/
test('loadKeras() goes on training an archive of Keras 2, whose optimizer is named alone', async () => {
  const model = await loadKeras(path.join(__dirname, 'keras2/named-adam.keras'));
  const xs = tf.tidy(() => tf.linspace(0, 1, 96).reshape([8, 2, 2, 3]));
  const ys = tf.tensor2d(Array.from({ length: 8 }, (_, i) => [i % 2]));
  for (const loss of [0.8226980566978455, 0.8208234310150146, 0.8189609050750732]) {
    const [ours] = (await model.trainOnBatch(xs, ys)) as number[];
    expect(ours).toBeCloseTo(loss, 5);
  }
  tf.dispose([xs, ys]);
  model.dispose();
  model.optimizer.dispose();
});

test('loadKeras() says that the state of a legacy optimizer is left behind', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const [first] = await trainOn('legacy');
  // What it has learned is there; Adam begins anew.
  expect(first).toBeCloseTo(LOSSES.adam[0]!, 5);
  expect(warn.mock.calls).toEqual([
    [
      'The optimizer of the model "sequential_8" starts anew: its state was saved by an old Keras 2, which orders it otherwise.',
    ],
  ]);
  warn.mockRestore();
});

/*
`keras2/meanings.keras` and `.h5`, by the same Keras:

i = keras.Input((5, 4, 2))
h = layers.RandomCrop(3, 3)(i)
h = layers.Conv2D(2, 2, activation='hard_sigmoid')(h)
h = layers.Dense(3)(layers.Flatten()(h))
m = keras.Model(i, layers.Activation('hard_sigmoid')(h), name='old')
rng = np.random.default_rng(1)
for w in m.weights: w.assign(4 * rng.random(w.shape) - 2)
m.save('meanings.keras'); m.save('meanings.h5')
print(m.predict(np.linspace(-1, 1, 40).reshape(1, 5, 4, 2))[0].tolist())
*/
test.each(['meanings.keras', 'meanings.h5'])(
  'loadKeras() computes what Keras 2 meant by hard_sigmoid and RandomCrop: %s',
  async (name) => {
    const model = await loadKeras(path.join(__dirname, 'keras2', name));
    tf.tidy(() => {
      const x = tf.linspace(-1, 1, 40).reshape([1, 5, 4, 2]);
      const prediction = (model.predict(x) as tf.Tensor).dataSync();
      [0.4862644076347351, 0.2727726101875305, 1].forEach((value, i) =>
        expect(prediction[i]).toBeCloseTo(value, 6),
      );
    });
    await expect(saveKeras(model, path.join(tmpdir(), 'never-written.keras'))).rejects.toThrow(
      'its activation is "hardSigmoid", which is not known on both sides',
    );
    model.dispose();
  },
);

/*
`keras2/wrapped.h5`, by the same Keras:

inner = keras.Sequential([layers.Input((5, 4)), layers.Bidirectional(layers.GRU(2, return_sequences=True)),
    layers.TimeDistributed(layers.Dense(3))], name='inner')
m = keras.Sequential([layers.Input((5, 6)), layers.TimeDistributed(layers.Dense(4)), inner,
    layers.Bidirectional(layers.LSTM(2), merge_mode='sum'), layers.Dense(1)], name='wrapped')
rng = np.random.default_rng(1)
for w in m.weights: w.assign(2 * rng.random(w.shape) - 1)
m.save('wrapped.h5')
print(m.predict(np.linspace(-1, 1, 60).reshape(2, 5, 6)).ravel().tolist())
*/
test('loadKeras() opens recurrent and wrapped layers of Keras 2', async () => {
  const model = await loadKeras(path.join(__dirname, 'keras2/wrapped.h5'));
  tf.tidy(() => {
    const x = tf.linspace(-1, 1, 60).reshape([2, 5, 6]);
    const predictions = (model.predict(x) as tf.Tensor).dataSync();
    [0.6243155598640442, 0.6196354627609253].forEach((value, i) =>
      expect(predictions[i]).toBeCloseTo(value, 6),
    );
  });
  model.dispose();
});

/*
`keras2/augmented.keras` and `.h5`, by the same Keras:

keras.utils.set_random_seed(1)
m = keras.Sequential([layers.InputLayer((4, 4, 3)), layers.RandomFlip('horizontal'), layers.RandomRotation(0.1),
    layers.RandomZoom(0.1), layers.RandomContrast(0.1), layers.RandomBrightness(0.1), layers.RandomTranslation(0.1, 0.1),
    layers.Flatten(), layers.Dense(2, kernel_initializer='ones')])
m.compile('adam', keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=['accuracy', keras.metrics.SparseCategoricalAccuracy(name='right')])
x = np.linspace(0, 1, 96).reshape(2, 4, 4, 3).astype('float32')
m.train_on_batch(x, np.array([0, 1]))
for name in ['augmented.h5', 'augmented.keras']: m.save(name)
print(m.evaluate(x, np.array([0, 1]))) # [0.681381344795227, 0.5, 0.5]
*/
test.each(['augmented.keras', 'augmented.h5'])(
  'what Keras 2 has saved with augmentation and a loss of its own settings opens in Keras 3, compiled: %s',
  async (name) => {
    const model = await loadKeras(path.join(__dirname, 'keras2', name));
    const again = path.join(await folderWith({}), 'again.keras');
    await saveKeras(model, again);
    model.dispose();
    const [names, values] = await runPython<[string[], number[]]>(
      `import json, sys, numpy as np, keras
model = keras.models.load_model(sys.argv[1])
x = np.linspace(0, 1, 96).reshape(2, 4, 4, 3).astype('float32')
result = model.evaluate(x, np.array([0, 1]), verbose=0, return_dict=True)
print(json.dumps([list(result), list(result.values())]))`,
      [again],
    );
    expect(names).toEqual(['accuracy', 'loss', 'right']);
    const wanted = [0.5, 0.681381344795227, 0.5];
    values.forEach((value, i) => expect(value).toBeCloseTo(wanted[i]!, 5));
  },
);
