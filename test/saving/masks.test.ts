import { rm } from 'node:fs/promises';
import path from 'node:path';

import { openModel } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveTfjs } from '../../src/saving/saveTfjs';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

/** Masked steps at the end, at the beginning, in the middle, all and none of them. */
const SCRIPT = `
import json, sys, keras, numpy as np, tensorflow as tf
from keras import layers as L
tf.config.run_functions_eagerly(True)
folder, what = sys.argv[1:]
words = np.array([[3, 1, 0, 0], [0, 0, 2, 4], [2, 0, 0, 3], [0, 0, 0, 0], [6, 5, 4, 3]], 'float32')
rng = np.random.default_rng(1)
values = rng.normal(size=(5, 4, 3)).astype('float32') * (words != 0)[..., None]
y = (np.arange(5) % 2).astype('float32')[:, None]
embedded = lambda: L.Embedding(7, 4, mask_zero=True)
every = dict(return_sequences=True)
ways = {
    'simple': [embedded(), L.SimpleRNN(3)],
    'lstm': [embedded(), L.Dropout(0.0), L.LSTM(3)],
    'gru': [embedded(), L.GRU(3)],
    'backwards': [embedded(), L.GRU(3, go_backwards=True, reset_after=False)],
    'two': [embedded(), L.LSTM(3, **every), L.SpatialDropout1D(0.0), L.GRU(2)],
    'bidirectional': [embedded(), L.Bidirectional(L.LSTM(3))],
    'bidirectional twice': [embedded(), L.Bidirectional(L.GRU(3, **every)), L.Dense(3, 'tanh'), L.Bidirectional(L.SimpleRNN(2), 'sum')],
    'bidirectional multiplied': [embedded(), L.Bidirectional(L.LSTM(3, **every), 'mul'), L.Activation('softmax'), L.GRU(2)],
    'average': [embedded(), L.LayerNormalization(axis=2), L.ReLU(), L.GlobalAveragePooling1D()],
    'distributed': [embedded(), L.TimeDistributed(L.Dense(3)), L.TimeDistributed(L.Reshape((3, 1))), L.TimeDistributed(L.Flatten()), L.LSTM(2)],
    'noise': [embedded(), L.GaussianNoise(0.0), L.GaussianDropout(0.0), L.AlphaDropout(0.0), L.LSTM(2)],
    'gone by convolution': [embedded(), L.Conv1D(3, 2), L.LSTM(2)],
    'gone by pooling': [embedded(), L.MaxPooling1D(2, 1), L.AveragePooling1D(2, 1), L.LSTM(2)],
    'gone by the largest': [embedded(), L.GlobalMaxPooling1D()],
    'gone by flattening': [embedded(), L.Flatten()],
    'gone by reshaping': [embedded(), L.Reshape((8, 2)), L.Permute((2, 1)), L.LSTM(2)],
    'used up': [embedded(), L.LSTM(3), L.RepeatVector(4), L.LSTM(3, **every), L.GlobalAveragePooling1D()],
    'masking': [L.Masking(), L.LSTM(3)],
    'masking a value': [L.Masking(0.25), L.Bidirectional(L.GRU(3, **every)), L.GlobalAveragePooling1D()],
    'steps': [embedded(), L.GRU(3, **every)],
}
x = {name: values if name.startswith('masking') else words for name in ways}
x['masking a value'] = np.where(words[..., None] != 0, values, np.float32(0.25))
a = keras.Input((4,))
left = embedded()(a)
right = L.Embedding(7, 3)(a)
# A mask of one branch is none of the other.
masked = L.Bidirectional(L.GRU(2, return_sequences=True))(L.Masking(0.5)(right))
branches = keras.Model(a, L.Dense(1)(L.Concatenate()([L.LSTM(3)(L.Dropout(0.0)(left)), L.LSTM(3)(right), L.GlobalAveragePooling1D()(right), L.GlobalAveragePooling1D()(masked)])))
models = {name: keras.Sequential([keras.Input(x[name].shape[1:]), *some, L.Dense(1)]) for name, some in ways.items()}
models['branches'] = branches
x['branches'] = words
refused = {
    'batch': [embedded(), L.BatchNormalization(), L.LSTM(2)],
    'softmax': [embedded(), L.Softmax(), L.LSTM(2)],
    'elu': [embedded(), L.ELU(), L.LSTM(2)],
    'wrapped': [embedded(), L.Reshape((4, 2, 2)), L.TimeDistributed(L.LSTM(2))],
    'wrapped masked': [L.Reshape((6, 2, 2)), L.Masking(), L.TimeDistributed(L.LSTM(2))],
    'model': [embedded(), keras.Sequential([L.LSTM(2)], name='inner')],
    'out of a model': [keras.Sequential([keras.Input((4,)), embedded()], name='inner'), L.LSTM(2)],
}
embedding = embedded()(a)
other = L.Dense(1)(L.LSTM(2)(embedding, mask=keras.ops.not_equal(a, 3)))
told = {}
for name, m in models.items():
    if what == 'save':
        for v in m.variables: v.assign(0.3 * rng.normal(size=v.shape))
        m.compile(keras.optimizers.SGD(0.05), 'mse')
        m.save(f'{folder}/{name}.keras')
        m.save(f'{folder}/{name}.h5')
    else:
        m = keras.models.load_model(f'{folder}/{name}-back.keras')
    steps = m.output_shape[1] if len(m.output_shape) == 3 else None
    target = np.repeat(y[:, None], steps, 1) if steps else y
    # Of nothing but masked steps there is no average; Keras gives NaN, and no training goes on from there.
    predicted = m.predict_on_batch(x[name])
    rows = slice(None) if not np.isnan(predicted).any() else [0, 1, 2, 4]
    predicted = predicted[rows]
    losses = [float(m.train_on_batch(x[name][rows], target[rows])) for _ in range(3)]
    told[name] = {'x': x[name][rows].tolist(), 'y': target[rows].tolist(), 'predicted': predicted.ravel().tolist(), 'losses': losses}
if what == 'save':
    for name, some in refused.items():
        keras.Sequential([keras.Input((24,) if name == 'wrapped masked' else (4,)), *some, L.Dense(1)]).save(f'{folder}/{name}.keras')
if what == 'save': keras.Model(a, other).save(f'{folder}/other.keras')
print(json.dumps(told))
`;

type Told = Record<string, { x: number[][]; y: number[][]; predicted: number[]; losses: number[] }>;

let folder: string;
let keras: Told;
const warn = jest.spyOn(console, 'warn').mockImplementation();

beforeAll(async () => {
  folder = await folderWith({});
  keras = await runPython<Told>(SCRIPT, [folder, 'save']);
});

afterAll(() => rm(folder, { recursive: true }));

const close = (values: readonly number[]) =>
  values.map((value) => expect.closeTo(value, 5) as number);

/** The output that is masked itself: tfjs takes its masked steps into the loss. */
const TRAINED_OTHERWISE = 'steps';

test('steps that are masked are left out as in Keras, in predictions and in training, from each format', async () => {
  const before = tf.memory().numTensors;
  for (const [name, { x, y, predicted, losses }] of Object.entries(keras)) {
    const [xs, ys] = [tf.tensor(x), tf.tensor(y)];
    const predict = (model: tf.LayersModel) =>
      tf.tidy(() => Array.from((model.predict(xs) as tf.Tensor).dataSync()));
    const model = await loadKeras(path.join(folder, `${name}.keras`));
    expect([name, predict(model)]).toEqual([name, close(predicted)]);
    await saveKeras(model, path.join(folder, `${name}-back.keras`));
    await saveTfjs(model, path.join(folder, name));
    for (const other of [
      await loadKeras(path.join(folder, `${name}.h5`)),
      (await openModel(path.join(folder, name))).model,
    ]) {
      expect([name, predict(other)]).toEqual([name, close(predicted)]);
      other.dispose();
    }
    const ours: number[] = [];
    for (let step = 0; step < 3; step++) ours.push((await model.trainOnBatch(xs, ys)) as number);
    const isSame = name !== TRAINED_OTHERWISE;
    if (isSame) expect([name, ours]).toEqual([name, close(losses)]);
    model.dispose();
    tf.dispose([xs, ys]);
  }
  expect(tf.memory().numTensors).toBe(before);
  const told = warn.mock.calls.map(([sentence]) => String(sentence));
  // The gradient of an Embedding is none of a graph.
  expect(told.filter((sentence) => !sentence.includes('trains op by op'))).toEqual([
    expect.stringMatching(
      /trains here without the mask of what "dense.*" gives: unlike Keras, tfjs applies none in training/,
    ),
  ]);
});

test('it goes back to Keras with its masks, and trains on there', async () => {
  const back = await runPython<Told>(SCRIPT, [folder, 'back']);
  for (const [name, { predicted, losses }] of Object.entries(keras)) {
    expect([name, back[name]!.predicted]).toEqual([name, close(predicted)]);
    expect([name, back[name]!.losses]).toEqual([name, close(losses)]);
  }
});

test('where a mask does something else in Keras than here, the model is refused by the layer that it comes to', async () => {
  const reasons: Record<string, string> = {
    batch: '(BatchNormalization)',
    softmax: '(Softmax)',
    elu: '(ELU)',
    'wrapped masked': '(TimeDistributed)',
    model: '"inner" (Sequential)',
    'out of a model': '"inner" (Sequential)',
  };
  for (const [name, layer] of Object.entries(reasons)) {
    const before = tf.memory().numTensors;
    const loading = loadKeras(path.join(folder, `${name}.keras`));
    await expect(loading).rejects.toThrow(
      `${layer}: steps before it are masked (mask_zero, Masking), and what Keras does with a mask there is not computed here`,
    );
    expect(tf.memory().numTensors).toBe(before);
  }
  (await loadKeras(path.join(folder, 'wrapped.keras'))).dispose();
  await expect(loadKeras(path.join(folder, 'other.keras'))).rejects.toThrow(
    'is the operation NotEqual, which is not known here',
  );
});
