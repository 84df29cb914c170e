import { readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { unpackArchive } from '../../src/saving/keras/kerasArchive';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';
import { type KerasModel, kerasModels } from './kerasModels';

const MODELS = `
from keras.src.applications import convnext
m = keras.Sequential([layers.Input((8, 8, 3)),
    layers.Rescaling(1 / 127.5, -1), layers.Rescaling([1.0, 2.0, 3.0], [0.0, 0.5, 1.0]),
    layers.Conv2D(4, 3, activation='relu', kernel_regularizer=keras.regularizers.L2(0.01)),
    layers.BatchNormalization(), layers.BatchNormalization(scale=False, axis=3),
    layers.SeparableConv2D(6, 3, depth_multiplier=2, padding='same', activation='elu'),
    layers.DepthwiseConv2D(3, depth_multiplier=2, use_bias=False),
    layers.ReLU(), layers.ReLU(6.0), layers.ReLU(1.0, 0.1, 0.2), layers.LeakyReLU(0.25),
    layers.Dropout(0.0), layers.Activation('swish'), layers.Activation('relu6'), layers.Activation('gelu'),
    layers.Flatten(), layers.Dense(12, kernel_initializer='he_normal'), layers.Softmax(),
    layers.Reshape((2, 2, 3)), layers.Flatten(), layers.Dense(1, activation='sigmoid')])
randomize(m)
m.compile('adam', loss='binary_crossentropy', metrics=['accuracy'])
save('sequential.keras', m, steps=5, also='sequential.h5')

m = keras.Sequential([layers.Input((3,)), layers.Dense(1, activation='sigmoid')], name='counting')
m.compile('adam', 'binary_crossentropy', metrics=[keras.metrics.Precision(thresholds=0.4), keras.metrics.Recall(), 'accuracy', keras.metrics.AUC()])
save('counting.keras', m, steps=3)

i = keras.Input((6, 6, 3))
conv = layers.Conv2D(3, 3, padding='same')
a = conv(layers.Normalization()(i))
b = conv(a)
h = layers.Add()([a, b])
gate = layers.Dense(3, activation='sigmoid')(layers.GlobalAveragePooling2D(keepdims=True)(h))
h = layers.Multiply()([h, gate])
h = layers.Concatenate()([h, i, layers.Normalization(mean=[1.0, 2.0, 3.0], variance=[1.0, 4.0, 9.0], invert=True)(b)])
h = layers.ZeroPadding2D(((0, 1), (1, 0)))(h)
h = layers.MaxPooling2D(2)(h)
h = layers.AveragePooling2D(2, strides=1, padding='same')(h)
h = layers.Dropout(0.0, noise_shape=(None, 1, 1, 1))(h)
h = layers.Concatenate()([layers.GlobalMaxPooling2D()(h), layers.Flatten()(layers.GlobalMaxPooling2D(keepdims=True)(h)), layers.GlobalAveragePooling2D()(h)])
m = keras.Model(i, layers.Dense(1, activation='sigmoid')(h))
randomize(m)
m.compile(keras.optimizers.SGD(0.05, momentum=0.9), loss='mse')
save('functional.keras', m, steps=3, also='functional.h5')

one, two = keras.Input((4,), name='one'), keras.Input((4,), name='two')
m = keras.Model([one, two], layers.Add()([layers.Dense(2)(one), layers.Dense(2)(two)]))
m.save(folder + '/two-inputs.keras')

for name, optimizer in [('sgd', keras.optimizers.SGD(0.1)), ('nesterov', keras.optimizers.SGD(0.1, momentum=0.8, nesterov=True)),
        ('rmsprop', 'rmsprop'), ('rmsprop-momentum', keras.optimizers.RMSprop(0.01, rho=0.8, momentum=0.5)),
        ('adam', keras.optimizers.Adam(0.01, beta_1=0.8)), ('adamax', keras.optimizers.Adamax(0.01)), ('adagrad', keras.optimizers.Adagrad(0.05))]:
    m = keras.Sequential([layers.Input((3,)), layers.Dense(4, activation='tanh'), layers.Dense(1, activation='sigmoid')])
    m.compile(optimizer, loss='binary_crossentropy')
    save(name + '.keras', m, steps=3)

base = keras.Sequential([layers.Input((6, 6, 3)), layers.Conv2D(4, 3), layers.BatchNormalization(), layers.ReLU()], name='base')
base.trainable = False
i = keras.Input((6, 6, 3))
inner = keras.Model(i, layers.Dense(2)(layers.Flatten()(base(i, training=False))))
m = keras.Sequential([layers.Input((6, 6, 3)), inner, layers.Dense(1)])
randomize(m)
m.compile('adam', loss='mse')
save('nested.keras', m, steps=3, also='nested.h5')

within = keras.Sequential([layers.Input((3, 3)), layers.GRU(3, return_sequences=True), layers.LSTM(3, return_sequences=True)], name='within')
m = keras.Sequential([layers.Input((3, 4)), layers.LSTM(3, return_sequences=True, kernel_regularizer='l2', recurrent_regularizer='l1'), within, layers.SimpleRNN(2), layers.Dense(1)])
randomize(m)
m.compile('adam', loss='mse')
save('recurrent.keras', m, steps=3, also='recurrent.h5')

penalty = dict(kernel_regularizer='l2', recurrent_regularizer='l1', bias_regularizer='l2')
within = keras.Sequential([layers.Input((4, 4, 2)), layers.Conv2D(3, 3, kernel_regularizer='l2'), layers.BatchNormalization(), layers.Flatten()], name='within')
frozen = layers.Bidirectional(layers.LSTM(2, return_sequences=True))
frozen.trainable = False
m = keras.Sequential([layers.Input((3, 4, 4, 2)), layers.TimeDistributed(within), layers.TimeDistributed(layers.BatchNormalization()),
    layers.Bidirectional(layers.GRU(3, return_sequences=True, **penalty), 'sum'), frozen,
    keras.Sequential([layers.Bidirectional(layers.SimpleRNN(2, return_sequences=True), 'ave'), layers.TimeDistributed(layers.Dense(3, 'tanh'))]),
    layers.Bidirectional(layers.GRU(2), backward_layer=layers.LSTM(2, go_backwards=True, **penalty)), layers.Dense(1)])
randomize(m)
m.compile('adam', loss='mse')
save('wrapped.keras', m, steps=3, also='wrapped.h5')

m = keras.Sequential([layers.Dense(3), layers.Dense(1)])
save('built-by-data.keras', m, x=np.ones((2, 5), 'float32'))

for name, m, x in [('mobilenet', keras.applications.MobileNetV2(weights=None, input_shape=(96, 96, 3)), rng.random((1, 96, 96, 3))),
        ('efficientnet', keras.applications.EfficientNetB0(weights=None, input_shape=(96, 96, 3)), 255 * rng.random((1, 96, 96, 3))),
        # A ConvNeXt of a block a stage, with depthwise convolutions as groups, and its LayerScale
        ('convnext', convnext.ConvNeXt([1, 1, 1, 1], [8, 16, 24, 32], weights=None, input_shape=(32, 32, 3), classes=10), 255 * rng.random((1, 32, 32, 3)))]:
    randomize(m)
    # Otherwise a thousand classes are about equally probable, and nothing shows that a layer went wrong.
    kernel = m.layers[-1].kernel
    before = keras.Model(m.input, m.layers[-1].input).predict_on_batch(x)
    kernel.assign(kernel * 3 / (before @ np.array(kernel)).std())
    save(name + '.keras', m, x=x.astype('float32'))
`;

let folder: string;
let told: Record<string, KerasModel>;

beforeAll(async () => {
  folder = await folderWith({});
  told = await kerasModels(folder, MODELS);
});

afterAll(() => rm(folder, { recursive: true }));

function predict(model: tf.LayersModel, { input, shape }: KerasModel): number[] {
  return tf.tidy(() =>
    Array.from((model.predict(tf.tensor(input, shape)) as tf.Tensor).dataSync()),
  );
}

/** The largest difference between two lists of numbers of the same length. */
function difference(a: readonly number[], b: readonly number[]): number {
  expect(a).toHaveLength(b.length);
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

async function train(model: tf.LayersModel, { input, shape, losses }: KerasModel) {
  const xs = tf.tensor(input, shape);
  const ys = tf.tensor2d(Array.from({ length: shape[0]! }, (_, i) => [i % 2]));
  const ours: number[] = [];
  for (let step = 0; step < losses.length; step++) {
    ours.push([(await model.trainOnBatch(xs, ys)) as number | number[]].flat()[0]!);
  }
  tf.dispose([xs, ys]);
  return ours;
}

const predicting = [
  'sequential.keras',
  'sequential.h5',
  'functional.keras',
  'functional.h5',
  'nested.keras',
  'nested.h5',
  'wrapped.keras',
  'wrapped.h5',
  'built-by-data.keras',
  'mobilenet.keras',
  'efficientnet.keras',
  'convnext.keras',
];

test.each(predicting)(
  'loadKeras() gives the predictions of Keras, and leaks nothing: %s',
  async (name) => {
    const before = tf.memory().numTensors;
    const model = await loadKeras(told[name]!.file);
    expect(difference(predict(model, told[name]!), told[name]!.output)).toBeLessThan(1e-5);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('the predictions that are compared differ from class to class', () => {
  for (const name of ['mobilenet.keras', 'efficientnet.keras', 'convnext.keras']) {
    expect(Math.max(...told[name]!.output)).toBeGreaterThan(0.05);
  }
});

const training = [
  'sequential.keras',
  'sequential.h5',
  'functional.keras',
  'functional.h5',
  'nested.keras',
  'nested.h5',
  'recurrent.keras',
  'recurrent.h5',
  'wrapped.keras',
  'wrapped.h5',
  'sgd.keras',
  'nesterov.keras',
  'rmsprop.keras',
  'rmsprop-momentum.keras',
  'adam.keras',
  'adamax.keras',
  'adagrad.keras',
];

test.each(training)(
  'loadKeras() goes on training as Keras does, and leaks nothing: %s',
  async (name) => {
    const before = tf.memory().numTensors;
    const model = await loadKeras(told[name]!.file);
    expect(difference(await train(model, told[name]!), told[name]!.losses)).toBeLessThan(1e-5);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  },
);

test('loadKeras() makes no tensors beside the model and its optimizer', async () => {
  const before = tf.memory().numTensors;
  const model = await loadKeras(told['sequential.keras']!.file, { compile: false });
  expect(tf.memory().numTensors - before).toBe(model.weights.length);
  expect(model.optimizer).toBeUndefined();
  model.dispose();

  const compiled = await loadKeras(told['sequential.keras']!.file);
  const moments = 2 * compiled.trainableWeights.length;
  const products = 2; // of the betas, which tfjs's Adam keeps
  expect(tf.memory().numTensors - before).toBe(compiled.weights.length + moments + products);
  expect(compiled.metricsNames).toEqual(['loss', 'acc']);
  compiled.dispose();
});

describe('a model that Keras compiled with Precision, Recall and AUC', () => {
  const compiledWith = async (file: string) => {
    const config = (await unpackArchive(await readFile(file), 2 ** 24)).get('config.json');
    return JSON.parse(String(config)).compile_config.metrics;
  };

  test('is loaded with the metrics that tfjs has, and says what its fit cannot show', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const model = await loadKeras(told['counting.keras']!.file);
    expect(model.metricsNames).toEqual(['loss', 'acc']);
    expect(warn.mock.calls).toEqual([
      [
        expect.stringMatching(
          /^The model "counting" was compiled with Precision, Recall, AUC: .* saveKeras writes them again\.$/,
        ),
      ],
    ]);
    const losses = await train(model, told['counting.keras']!);
    expect(difference(losses, told['counting.keras']!.losses)).toBeLessThan(1e-5);
    (await loadKeras(told['counting.keras']!.file, { compile: false })).dispose();
    expect(warn).toHaveBeenCalledTimes(1);
    warn.mockRestore();
    model.dispose();
  });

  test('goes back to Keras with them, unless it was compiled anew', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const model = await loadKeras(told['counting.keras']!.file);
    warn.mockRestore();
    const theirs = await compiledWith(told['counting.keras']!.file);
    const saved = path.join(folder, 'counting-back.keras');
    await saveKeras(model, saved);
    expect(await compiledWith(saved)).toEqual(theirs);
    expect(theirs[2]).toBe('accuracy');
    model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
    await saveKeras(model, saved, { overwrite: true });
    expect(await compiledWith(saved)).toEqual(['accuracy']);
    model.dispose();
  });
});

test('loadKeras() keeps inputs and outputs in their order', async () => {
  const model = await loadKeras(path.join(folder, 'two-inputs.keras'));
  expect(model.inputs.map(({ name, shape }) => [name, shape])).toEqual([
    ['one', [null, 4]],
    ['two', [null, 4]],
  ]);
  expect(model.outputs.map(({ shape }) => shape)).toEqual([[null, 2]]);
  model.dispose();
});

test('loadKeras() keeps which layers are frozen, initializers and regularizers', async () => {
  const nested = await loadKeras(told['nested.keras']!.file);
  expect(nested.trainableWeights.map(({ shape }) => shape)).toEqual([[64, 2], [2], [2, 1], [1]]);
  nested.dispose();
  const model = await loadKeras(told['sequential.keras']!.file);
  const [conv] = model.layers.filter((layer) => layer.getClassName() === 'Conv2D');
  const [dense] = model.layers.filter((layer) => layer.getClassName() === 'Dense');
  expect(conv?.getConfig()['kernelRegularizer']).toEqual({
    className: 'L1L2',
    config: { l1: 0, l2: 0.01 },
  });
  expect(dense?.getConfig()['kernelInitializer']).toMatchObject({
    config: { scale: 2, mode: 'fanIn', distribution: 'normal' },
  });
  model.dispose();
});

test('what loadKeras() has loaded and saveKeras() saves, Keras opens with the same predictions, and trains on', async () => {
  const names = Object.keys(told).filter((name) => !name.endsWith('.h5'));
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  for (const name of names) {
    const model = await loadKeras(told[name]!.file);
    await saveKeras(model, path.join(folder, 'ours', name));
    model.dispose();
  }
  warn.mockRestore();
  const opened = await runPython<Record<string, { output: number[]; losses: number[] }>>(
    `
import json, sys, numpy as np, keras, tensorflow as tf
tf.config.run_functions_eagerly(True)
told, opened = json.load(open(sys.argv[1] + '/told.json')), {}
for name, t in told.items():
    x = np.array(t['input'], 'float32').reshape(t['shape'])
    y = (np.arange(len(x)) % 2).astype('float32')[:, None]
    m = keras.models.load_model(sys.argv[1] + '/ours/' + name)
    opened[name] = {'output': m.predict_on_batch(x).ravel().tolist(),
        'losses': [float(np.ravel(m.train_on_batch(x, y))[0]) for _ in t['losses']]}
print(json.dumps(opened))`,
    [await writeTold(names)],
  );
  for (const name of names) {
    const { output, losses } = told[name]!;
    expect([name, difference(opened[name]!.output, output) < 1e-5]).toEqual([name, true]);
    if (losses.length > 0) {
      expect([name, difference(opened[name]!.losses, losses) < 1e-5]).toEqual([name, true]);
    }
  }
});

async function writeTold(names: string[]): Promise<string> {
  const chosen = Object.fromEntries(names.map((name) => [name, told[name]]));
  await writeFile(path.join(folder, 'told.json'), JSON.stringify(chosen));
  return folder;
}
