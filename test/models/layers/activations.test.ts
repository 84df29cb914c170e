import { rm } from 'node:fs/promises';
import path from 'node:path';
import { loadKeras } from '../../../src/saving/loadKeras';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { folderWith } from '../../support/pictures';

const ACTIVATIONS = [
  'celu',
  'elu',
  'exponential',
  'gelu',
  'hard_sigmoid',
  'hard_silu',
  'hard_tanh',
  'leaky_relu',
  'log_sigmoid',
  'log_softmax',
  'mish',
  'relu6',
  'selu',
  'silu',
  'softplus',
  'softsign',
  'squareplus',
  'tanh_shrink',
];
let folder: string;
let losses: Record<string, number[]>;

beforeAll(async () => {
  folder = await folderWith({});
  losses = await runPython(
    `
import json, sys, numpy as np, keras, tensorflow as tf
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
keras.utils.set_random_seed(1)
xs = np.linspace(-1, 1, 24, dtype="float32").reshape(8, 3)
losses = {}
for name in json.loads(sys.argv[2]):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(4, name), keras.layers.Dense(2, name)])
    model.compile(keras.optimizers.SGD(0.02), "mse")
    model.save(f"{sys.argv[1]}/{name}.keras")
    losses[name] = model.fit(xs, xs[:, :2], epochs=4, batch_size=8, shuffle=False, verbose=0).history["loss"]
print(json.dumps(losses))`,
    [folder, JSON.stringify(ACTIVATIONS)],
  );
});

afterAll(() => rm(folder, { recursive: true }));

test.each(ACTIVATIONS)('%s is trained with the losses of Keras', async (name) => {
  const model = await loadKeras(path.join(folder, `${name}.keras`));
  const xs = tf.linspace(-1, 1, 24).reshape([8, 3]);
  const { history } = await model.fit(xs, xs.slice([0, 0], [8, 2]), {
    epochs: 4,
    batchSize: 8,
    shuffle: false,
    verbose: 0,
  });
  const keras = losses[name]!.map((loss) => expect.closeTo(loss, 4) as number);
  expect(history['loss']).toEqual(keras);
});
