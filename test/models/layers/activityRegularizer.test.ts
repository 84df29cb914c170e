import { rm } from 'node:fs/promises';
import path from 'node:path';

import { evaluateClassifier } from '../../../src/evaluation/evaluateClassifier';
import { loadKeras } from '../../../src/saving/loadKeras';
import { saveKeras } from '../../../src/saving/saveKeras';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { type KerasTraining, trainHere, trainInKeras } from '../../support/kerasTraining';
import { folderWith } from '../../support/pictures';

const KERAS = `
L1, L2, L1L2 = regularizers.L1(0.1), regularizers.L2(0.2), regularizers.L1L2(0.03, 0.04)

def sequential(shape, *some):
    return keras.Sequential([keras.Input(shape), *some])

def shared():
    x = keras.Input((4,)); same = layers.Dense(4, 'tanh', activity_regularizer=L2)
    return keras.Model(x, layers.Dense(1, 'sigmoid')(same(same(x))))

def inner(trainable):
    x = keras.Input((4,))
    part = sequential((4,), layers.Dense(3, activity_regularizer=L1), layers.Dense(3, activity_regularizer=L2, kernel_regularizer=L2))
    part.trainable = trainable
    return keras.Model(x, layers.Dense(1, 'sigmoid')(part(x)))

def several():
    x = keras.Input((4,)); y = layers.Dense(3, activity_regularizer=L1)(x)
    return keras.Model(x, [layers.Dense(1, 'sigmoid', name='a')(y), layers.Dense(1, 'sigmoid', activity_regularizer=L2, name='b')(y)])

end = lambda: layers.Dense(1, 'sigmoid')
models = {
    'dense': sequential((4,), layers.Dense(3, 'tanh', activity_regularizer=L1), layers.Dense(3, activity_regularizer=L2), layers.Dense(1, 'sigmoid', activity_regularizer=L1L2)),
    'convolution': sequential((6, 5, 2), layers.Conv2D(3, 3, activation='relu', activity_regularizer=L1L2), layers.SeparableConv2D(2, 2, activity_regularizer=L1), layers.Flatten(), end()),
    'any layer': sequential((4,), layers.Dense(3), layers.BatchNormalization(activity_regularizer=L2), layers.Activation('tanh', activity_regularizer=L2), layers.ReLU(activity_regularizer=L1), end()),
    'the layer for it': sequential((4,), layers.Dense(3), layers.ActivityRegularization(0.1, 0.2), end()),
    'recurrent': sequential((3, 2), layers.LSTM(3, return_sequences=True, activity_regularizer=L1), layers.Bidirectional(layers.GRU(2, activity_regularizer=L2)), end()),
    'within steps': sequential((3, 4), layers.TimeDistributed(layers.Dense(3, activity_regularizer=L1)), layers.Flatten(), end()),
    'shared': shared(), 'inner': inner(True), 'frozen inner': inner(False), 'several': several(),
}
for name, model in models.items():
    x = rng.normal(size=(5, *model.input_shape[1:])).astype('float32')
    y = (np.arange(5) % 2).astype('float32')[:, None]
    n = len(model.outputs)
    model.compile(keras.optimizers.SGD(0.1), ['binary_crossentropy'] * n if n > 1 else 'binary_crossentropy')
    train(f'{name}.keras', model, x, [y] * n if n > 1 else y)
    if name == 'dense': train('dense.h5', model, x, y)
`;

let folder: string;
let keras: Record<string, KerasTraining>;
const warn = jest.spyOn(console, 'warn').mockImplementation();

beforeAll(async () => {
  folder = await folderWith({});
  keras = await trainInKeras(folder, KERAS);
});

afterAll(async () => {
  expect(warn.mock.calls).toEqual([]);
  await rm(folder, { recursive: true });
});

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 5) as number);

test('penalties on what layers give count in training and evaluation as in Keras, by the graph and op by op', async () => {
  const before = tf.memory().numTensors;
  expect(Object.keys(keras)).toHaveLength(11);
  for (const [name, expected] of Object.entries(keras)) {
    const { result, graphRuns } = await countingGraphRuns(() => trainHere(expected));
    expect([name, graphRuns]).toEqual([name, 7]); // A batch of another size that comes once is computed op by op.
    for (const ours of [result, await opByOp(() => trainHere(expected))]) {
      expect({ name, ...ours }).toEqual({
        name,
        evaluated: close(expected.evaluated),
        evaluatedAfter: close(expected.evaluatedAfter),
        trained: expected.trained.map(close),
      });
    }
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('a prediction computes no penalty, and evaluateClassifier() adds it once for all pictures', async () => {
  const { file, x, y, evaluated } = keras['dense.keras']!;
  const model = await loadKeras(file);
  const [xs, ys] = [...x, ...y].map(([values, shape]) => tf.tensor(values, shape));
  const before = tf.memory().numTensors;
  tf.dispose(model.predict(xs!));
  expect(tf.memory().numTensors).toBe(before);
  const batches = tf.data.array(
    [0, 3].map((from) => ({
      xs: xs!.slice(from, from === 0 ? 3 : 2),
      ys: ys!.slice(from, from === 0 ? 3 : 2),
    })),
  );
  const { loss } = await evaluateClassifier(
    { model, classNames: ['even', 'odd'] },
    batches as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>,
  );
  expect(loss).toBeCloseTo(evaluated[0]!, 5);
  model.dispose();
});

test('a model with them goes back to Keras with them', async () => {
  const { file, evaluatedAfter } = keras['the layer for it.keras']!;
  const model = await loadKeras(file);
  const back = path.join(folder, 'back.keras');
  await saveKeras(model, back);
  model.dispose();
  expect(
    (await trainHere({ ...keras['the layer for it.keras']!, file: back })).evaluatedAfter,
  ).toEqual(close(evaluatedAfter));
});
