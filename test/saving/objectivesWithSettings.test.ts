import { rm } from 'node:fs/promises';
import path from 'node:path';

import { objectiveFromKeras } from '../../src/saving/keras/objectiveFromKeras';
import { LOSSES } from '../../src/saving/keras/objectiveTable';
import { loadKeras } from '../../src/saving/loadKeras';
import { saveKeras } from '../../src/saving/saveKeras';
import { tf } from '../../src/tensorflow/tf';
import { opByOp } from '../support/graph';
import { runPython } from '../support/keras';
import { type KerasTraining, trainHere, trainInKeras } from '../support/kerasTraining';
import { folderWith } from '../support/pictures';

const KERAS = `
from keras import losses, metrics
x = rng.normal(size=(6, 4)).astype('float32')
places = rng.integers(0, 3, 6)
one_hot = np.eye(3, dtype='float32')[places]
truth = rng.integers(0, 2, 6).astype('float32')[:, None]
top = lambda *some: ['top_k_categorical_accuracy', *(metrics.TopKCategoricalAccuracy(k=k, name=f'top{k}') for k in some)]
sparse = lambda: ['sparse_top_k_categorical_accuracy', metrics.SparseTopKCategoricalAccuracy(k=1, name='first'), metrics.SparseTopKCategoricalAccuracy(k=2, name='second')]
binary, categorical = losses.BinaryCrossentropy, losses.CategoricalCrossentropy
# Each model gets metrics of its own.
cases = lambda: {
    'binary': (1, 'sigmoid', binary(label_smoothing=0.2), truth, ['accuracy', metrics.BinaryCrossentropy(label_smoothing=0.3, name='smooth')]),
    'binary logits': (1, None, binary(from_logits=True, label_smoothing=0.2), truth, []),
    'binary of several': (3, 'sigmoid', binary(label_smoothing=0.1), one_hot, []),
    'binary of a softmax': (3, 'softmax', binary(label_smoothing=0.1), one_hot, []),
    'categorical': (3, 'softmax', categorical(label_smoothing=0.1), one_hot, [metrics.CategoricalCrossentropy(label_smoothing=0.4), *top(1, 2)]),
    'categorical logits': (3, None, categorical(from_logits=True, label_smoothing=0.1), one_hot, top(2)),
    'categorical of a sigmoid': (3, 'sigmoid', categorical(label_smoothing=0.1), one_hot, []),
    'sparse': (3, 'softmax', 'sparse_categorical_crossentropy', places, sparse()),
    'sparse column': (3, 'softmax', 'sparse_categorical_crossentropy', places[:, None], sparse()),
    'ties': (3, 'relu', 'mse', one_hot, top(1, 2)),
    'huber': (3, None, 'huber', 2 * one_hot, []),
    'huber object': (3, None, losses.Huber(), 2 * one_hot, []),
}
for name in cases():
    for ending in ('keras', 'h5') if name in ('binary', 'categorical', 'huber') else ('keras',):
        units, activation, loss, y, measured = cases()[name]
        model = keras.Sequential([keras.Input((4,)), layers.Dense(5, 'relu'), layers.Dense(units, activation)])
        model.compile(keras.optimizers.SGD(0.5), loss, metrics=measured)
        train(f'{name}.{ending}', model, x, y)
`;

let folder: string;
let keras: Record<string, KerasTraining>;

beforeAll(async () => {
  folder = await folderWith({});
  keras = await trainInKeras(folder, KERAS);
});

afterAll(() => rm(folder, { recursive: true }));

const close = (values: number[]) => values.map((value) => expect.closeTo(value, 5) as number);

function expectSame(name: string, ours: Awaited<ReturnType<typeof trainHere>>): void {
  const { evaluated, evaluatedAfter, trained } = keras[name]!;
  expect({ name, ...ours }).toEqual({
    name,
    evaluated: close(evaluated),
    evaluatedAfter: close(evaluatedAfter),
    trained: trained.map(close),
  });
}

test('smoothed labels, huber and top-k accuracies are measured and trained with as in Keras, by the graph and op by op', async () => {
  const before = tf.memory().numTensors;
  for (const [name, expected] of Object.entries(keras)) {
    expectSame(name, await trainHere(expected));
    expectSame(name, await opByOp(() => trainHere(expected)));
  }
  expect(Object.keys(keras)).toHaveLength(15);
  expect(tf.memory().numTensors).toBe(before);
});

test('the delta of a Huber counts where a file has it: Keras 3.15.1 forgets it itself', () => {
  const written = { class_name: 'Huber', config: { delta: 0.5 } };
  const huber = objectiveFromKeras(LOSSES, written, 'loss') as (...given: tf.Tensor[]) => tf.Tensor;
  tf.tidy(() => {
    // 0.2² / 2 and 0.5 · 2 - 0.5² / 2
    const [loss] = huber(tf.tensor2d([[0, 1]]), tf.tensor2d([[0.2, 3]])).dataSync();
    expect(loss).toBeCloseTo((0.02 + 0.875) / 2, 6);
  });
});

test('they go back to Keras, also where the model was compiled here with the same functions', async () => {
  const names = Object.keys(keras);
  const files: string[] = [];
  for (const [i, name] of names.entries()) {
    const model = await loadKeras(keras[name]!.file);
    const { loss, metrics } = model as unknown as { loss: string; metrics: string[] };
    const as = (file: string) => path.join(folder, `${i}-${file}.keras`);
    await saveKeras(model, as('back'));
    model.compile({ optimizer: 'sgd', loss, metrics });
    await saveKeras(model, as('anew'));
    model.dispose();
    files.push(as('back'), as('anew'));
  }
  const evaluated = await runPython<number[][]>(
    `import json, sys, keras, numpy as np
def evaluate(file, x, y):
    x, y = (np.array(values, 'float32').reshape(shape) for values, shape in (x, y))
    return np.ravel(keras.models.load_model(file).evaluate(x, y, batch_size=2, verbose=0)).tolist()
print(json.dumps([evaluate(*case) for case in json.loads(sys.argv[1])]))`,
    [
      JSON.stringify(
        files.map((file, i) => [file, keras[names[i >> 1]!]!.x[0], keras[names[i >> 1]!]!.y[0]]),
      ),
    ],
  );
  evaluated.forEach((values, i) => {
    const name = names[i >> 1]!;
    const { evaluated: all } = keras[name]!;
    // Metrics that were given here have no names of their own, and Keras mixes up those of one name.
    const [given, expected] = i % 2 === 0 ? [values, all] : [values.slice(0, 1), all.slice(0, 1)];
    expect([files[i], given]).toEqual([files[i], close(expected)]);
  });
});
