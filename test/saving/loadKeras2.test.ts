import { readFile } from 'node:fs/promises';
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
      'its activation is "hardSigmoid", clip(0.2x + 0.5), and Keras 3 knows only clip(x/6 + 0.5)',
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

/*
`keras2/operators.keras`, `.h5` and `.json`, by the same Keras:

import json, numpy as np, tensorflow as tf, tf_keras as keras
from tf_keras import applications, layers
ways = {
    'x / 255': lambda x: x / 255.,
    '1 - 2 * x': lambda x: 1. - 2. * x,
    'preprocess_input of MobileNetV2': applications.mobilenet_v2.preprocess_input,
    'preprocess_input of DenseNet121': applications.densenet.preprocess_input,
    'preprocess_input of ResNet50': applications.resnet50.preprocess_input,
    'x * sigmoid(x)': lambda x: x * tf.sigmoid(x),
    'x + maximum(x, -x)': lambda x: x + tf.maximum(x, -x),
    'relu(x - 100)': lambda x: tf.nn.relu(x - 100.),
    'leaky_relu(x - 100)': lambda x: tf.nn.leaky_relu(x - 100.),
    'softmax(x)': lambda x: tf.nn.softmax(x / 9.),
    'a window': lambda x: x[:, 1:3, ::2],
    'mean': lambda x: tf.reduce_mean(x, axis=[1, 2]),
    'concat': lambda x: tf.concat([x, x[:, 1:]], axis=1),
    'resize': lambda x: tf.image.resize(x, (6, 7)),
    'resize to the nearest': lambda x: tf.image.resize(x, (6, 7), method='nearest'),
    'cast and reshape': lambda x: tf.reshape(tf.cast(x, tf.float32), (-1, 2, 24)),
}
x = np.linspace(0, 255, 48).reshape(1, 4, 4, 3).astype('float32')
def save(file, names):
    a = keras.Input((4, 4, 3))
    m = keras.Model(a, [layers.Flatten()(ways[name](a)) for name in names])
    m.save(file)
    return dict(zip(names, [np.ravel(y).tolist() for y in m.predict(x)]))
computed = save('operators.h5', ways)
save('operators.keras', [name for name in ways if 'ResNet50' not in name])  # which Keras 2 cannot save so
json.dump(computed, open('operators.json', 'w'))
*/
test.each(['operators.h5', 'operators.keras'])(
  'functions of TensorFlow in a model of Keras 2 compute the same, and open in Keras 3: %s',
  async (name) => {
    const computed = JSON.parse(
      await readFile(path.join(__dirname, 'keras2/operators.json'), 'utf8'),
    ) as Record<string, number[]>;
    // Keras 2 cannot save `x[..., ::-1]` as .keras.
    if (name.endsWith('.keras')) delete computed['preprocess_input of ResNet50'];
    const again = path.join(await folderWith({}), 'again.keras');
    const model = await loadKeras(path.join(__dirname, 'keras2', name));
    await saveKeras(model, again);
    tf.tidy(() => {
      const x = tf.linspace(0, 255, 48).reshape([1, 4, 4, 3]);
      const outputs = (model.predict(x) as tf.Tensor[]).map((output) => [...output.dataSync()]);
      expectClose(outputs, computed);
    });
    model.dispose();
    expectClose(await runPython<number[][]>(COMPUTED, [again]), computed);
  },
);

const COMPUTED = `
import sys, json, numpy as np, keras
x = np.linspace(0, 255, 48).reshape(1, 4, 4, 3).astype('float32')
print(json.dumps([np.ravel(y).tolist() for y in keras.models.load_model(sys.argv[1]).predict_on_batch(x)]))
`;

/** Relative to the largest number of each, as float32 rounds. */
function expectClose(outputs: number[][], computed: Record<string, number[]>): void {
  const far = Object.entries(computed).filter(([, right], i) => {
    const allowed = 1e-6 * Math.max(...right.map(Math.abs));
    return right.some((value, k) => !(Math.abs(value - outputs[i]![k]!) <= allowed));
  });
  expect(far.map(([name]) => name)).toEqual([]);
  expect(outputs).toHaveLength(Object.keys(computed).length);
}

/*
The same with what has no layer like it:

a = keras.Input((4, 4, 3)); keras.Model(a, tf.image.per_image_standardization(a)).save('unknown-function.h5')
*/
test('loadKeras() names a function of TensorFlow that it does not know', async () => {
  await expect(loadKeras(path.join(__dirname, 'keras2/unknown-function.h5'))).rejects.toThrow(
    'is the operation tf.image.per_image_standardization, which is not known here as it is called; a layer may stand in its place',
  );
});
