import { rm } from 'node:fs/promises';
import path from 'node:path';

import { GetItem } from '../../src/models/layers/getItem';
import { openModel } from '../../src/saving/loadClassifier';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveTfjs } from '../../src/saving/saveTfjs';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

const SCRIPT = `
import sys, json, numpy as np, keras
from keras import layers, ops, applications
folder, what = sys.argv[1:]
ways = {
    'operators': lambda x: ((lambda y: -applications.mobilenet_v2.preprocess_input(255 * y) + x * 0.25 - x)(1 - (2 * (x / 255.) - 0.5))) * x,
    'preprocess_input of ResNet50': applications.resnet50.preprocess_input,
    'preprocess_input of DenseNet121': applications.densenet.preprocess_input,
    'numbers for each channel': lambda x: ops.subtract(np.array([5, 6, 7], 'float32'), x) * np.array([2, 3, 4], 'float32') / np.array([[[[0.5]]]], 'float32'),
    'channels turned round': lambda x: x[..., ::-1],
    'a channel': lambda x: x[..., 1],
    'a row from the end': lambda x: x[:, -2],
    'a window': lambda x: x[:, 1:3, :2],
    'to the end': lambda x: x[:, -3:, :-1, 1:],
    'every other, backwards': lambda x: x[:, ::2, 3:0:-2],
    'one channel kept': lambda x: x[..., 2:],
    'stack': lambda x: ops.stack([x[:, 0], x[:, 1]], axis=1),
    'concatenate': lambda x: ops.concatenate([x, x[:, 1:]], axis=1),
    'maximum and minimum': lambda x: ops.maximum(x, ops.minimum(x * 2, -x)),
    'reshape': lambda x: ops.reshape(ops.cast(x, 'float32'), (-1, 2, 24)),
    'resize': lambda x: ops.image.resize(x, (6, 7)),
    'mean': lambda x: ops.mean(x, axis=[1, 2]),
    'max': lambda x: ops.max(x, axis=[1, 2], keepdims=True),
    **{name: (lambda operation: lambda x: operation(x - 1))(getattr(ops, name)) for name in
        ('relu', 'relu6', 'elu', 'selu', 'leaky_relu', 'sigmoid', 'silu', 'softmax', 'softplus', 'softsign', 'tanh')},
    'gelu': lambda x: ops.gelu(x - 1, approximate=False),
}
x = np.linspace(0, 2, 96).reshape(2, 4, 4, 3).astype('float32')
def computed(file):
    y = keras.models.load_model(file)({'img': x})
    return np.ravel(y['out'] if isinstance(y, dict) else y).tolist()
told = {}
for i, (name, way) in enumerate(ways.items()):
    if what == 'save':
        a = keras.Input((4, 4, 3), name='img')
        m = keras.Model({'img': a}, {'out': layers.Flatten()(way(a))})
        m.save(f'{folder}/{i}.keras')
        m.save(f'{folder}/{i}.h5')
    told[name] = [computed(f'{folder}/{i}{ending}.keras') for ending in ([''] if what == 'save' else ['-back', '-tfjs'])]
print(json.dumps(told))
`;

const REFUSED = `
import sys, json, keras
from keras import ops
for i, way in enumerate([lambda x: x ** 2, lambda x: 1 / x, lambda x: x[1:, :], lambda x: x[:, None], lambda x: ops.gelu(x),
                         lambda x: ops.mean(x, axis=-1), lambda x: ops.image.resize(x, (2, 2), antialias=True),
                         lambda x: ops.reshape(x, (4, 4, -1, 3))]):
    a = keras.Input((4, 4, 3))
    keras.Model(a, way(a)).save(f'{sys.argv[1]}/refused-{i}.keras')
print('null')
`;

let folder: string;

beforeAll(async () => {
  folder = await folderWith({});
});

afterAll(() => rm(folder, { recursive: true }));

test('operations of the functional API, preprocess_input and inputs by name compute here what they do in Keras, and again there, also from an .h5 that Keras cannot open itself', async () => {
  type Told = Record<string, number[][]>;
  const close = (values: number[]) => values.map((value) => expect.closeTo(value, 4) as number);
  const told = await runPython<Told>(SCRIPT, [folder, 'save']);
  const before = tf.memory().numTensors;
  const x = tf.linspace(0, 2, 96).reshape([2, 4, 4, 3]);
  const predicted = (model: tf.LayersModel) =>
    tf.tidy(() => Array.from((model.predict(x) as tf.Tensor).dataSync()));
  const seen: Record<string, number[][]> = {};
  for (const [i, name] of Object.keys(told).entries()) {
    const model = await loadKeras(path.join(folder, `${i}.keras`));
    await saveKeras(model, path.join(folder, `${i}-back.keras`));
    await saveTfjs(model, path.join(folder, `${i}-tfjs`));
    const { model: again } = await openModel(path.join(folder, `${i}-tfjs`));
    await saveKeras(again, path.join(folder, `${i}-tfjs.keras`));
    const legacy = await loadKeras(path.join(folder, `${i}.h5`));
    seen[name] = [model, again, legacy].map(predicted);
    for (const each of [model, again, legacy]) each.dispose();
  }
  const back = await runPython<Told>(SCRIPT, [folder, 'back']);
  for (const [name, values] of Object.entries(back)) seen[name]!.push(...values);
  const wanted = Object.entries(told).map(([name, [values]]) => [
    name,
    Array.from({ length: 5 }, () => close(values!)),
  ]);
  expect(seen).toEqual(Object.fromEntries(wanted));
  x.dispose();
  expect(tf.memory().numTensors).toBe(before + 1); // linspace's own
});

test('what is taken of a tensor passes its gradient on to what it was taken from', () => {
  // f = sum(x[:, ::-1] · [1, 2, 3]), so that df/dx = [3, 2, 1]; of x[:, ::2] · [1, 2], [1, 0, 2].
  const gradient = (step: number, weights: number[]) =>
    tf.tidy(() => {
      const layer = new GetItem({ parts: [[null, null, step]] });
      return Array.from(
        tf
          .grad((x) => (layer.call(x) as tf.Tensor).mul(weights).sum())(tf.tensor([[7, 8, 9]]))
          .dataSync(),
      );
    });
  expect(gradient(-1, [1, 2, 3])).toEqual([3, 2, 1]);
  expect(gradient(2, [1, 2])).toEqual([1, 0, 2]);
});

test('an operation that is not known here, or not as it is called, is refused by name, with a way out', async () => {
  await runPython(REFUSED, [folder]);
  const reasons: string[] = [];
  for (let i = 0; i < 8; i++) {
    const loading = loadKeras(path.join(folder, `refused-${i}.keras`));
    const reason = await loading.catch((error: Error) => error.message);
    reasons.push(
      /: "\w+" is the operation (\w+), .*computed before the model$/.exec(String(reason))?.[1] ??
        String(reason),
    );
  }
  expect(reasons).toEqual([
    'Power',
    'TrueDivide',
    'GetItem',
    'GetItem',
    'Gelu',
    'Mean',
    'Resize',
    'Reshape',
  ]);
});
