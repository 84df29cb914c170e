import { evaluateClassifier } from '../../../src/evaluation/evaluateClassifier';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

const LOSSES = {
  binaryCrossentropy: 'binary_crossentropy',
  categoricalCrossentropy: 'categorical_crossentropy',
  sparseCategoricalCrossentropy: 'sparse_categorical_crossentropy',
  meanSquaredError: 'mean_squared_error',
  hinge: 'hinge',
  squaredHinge: 'squared_hinge',
};
type Case = [loss: keyof typeof LOSSES, activation: string, units: number, labels: number[]];

const cases: Case[] = (Object.keys(LOSSES) as Array<keyof typeof LOSSES>).flatMap((loss) =>
  (
    [
      ['sigmoid', 1],
      ['softmax', 1],
      ['linear', 1],
      ['sigmoid', 2],
      ['softmax', 2],
    ] as const
  ).flatMap(([activation, units]) =>
    [[6], [6, 1], [6, 2]].map((labels): Case => [loss, activation, units, labels]),
  ),
);
const isOneOfOne = ([loss, , units]: Case) =>
  units === 1 && loss === 'sparseCategoricalCrossentropy';
const compared = cases.filter((one) => !isOneOfOne(one));

function compiled([loss, activation, units]: Case): tf.Sequential {
  const layer = { units, inputShape: [3], kernelInitializer: 'ones' as const };
  const model = tf.sequential({
    layers: [tf.layers.dense({ ...layer, activation: activation as 'sigmoid' })],
  });
  model.compile({ optimizer: 'sgd', loss });
  return model;
}

function batches(labels: number[]) {
  const size = labels.reduce((a, b) => a * b);
  const xs = tf.linspace(-1, 1, 18).reshape([6, 3]);
  const ys = tf.tensor(
    Array.from({ length: size }, (_, i) => i % 2),
    labels,
  );
  return tf.data.array([{ xs, ys }]);
}

test('evaluateDataset takes labels of the shapes that Keras takes, and gives its loss', async () => {
  const keras = await runPython<Array<number | null>>(
    `
import json, sys
import numpy as np, keras
def loss(loss, activation, units, labels):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(units, activation, kernel_initializer="ones")])
    model.compile("sgd", loss, run_eagerly=True)
    xs = np.linspace(-1, 1, 18, dtype="float32").reshape(6, 3)
    ys = (np.arange(np.prod(labels)) % 2).reshape(labels).astype("float32")
    try:
        return float(model.test_on_batch(xs, ys))
    except Exception:
        return None
print(json.dumps([loss(*case) for case in json.loads(sys.argv[1])]))`,
    [JSON.stringify(compared.map(([loss, ...others]) => [LOSSES[loss], ...others]))],
  );
  for (const [i, one] of compared.entries()) {
    const model = compiled(one);
    let ours: number | null = null;
    try {
      const loss = (await model.evaluateDataset(batches(one[3]), {})) as tf.Scalar;
      [ours] = (await loss.data()) as unknown as [number];
    } catch (error) {
      expect((error as Error).message).toMatch(/^Cannot compute the loss/);
    }
    const told = { one, loss: ours === null ? null : ours.toFixed(4) };
    expect(told).toEqual({ one, loss: keras[i] == null ? null : keras[i]!.toFixed(4) });
  }
});

test('a sparse crossentropy of one output, of which Keras makes NaN, is refused', async () => {
  for (const one of cases.filter(isOneOfOne)) {
    await expect(compiled(one).evaluateDataset(batches(one[3]), {})).rejects.toThrow(
      'Cannot compute the loss "sparseCategoricalCrossentropy" of outputs [6,1]: one output a class is required; for one output take "binaryCrossentropy"',
    );
  }
});

test.each<[string, (model: tf.Sequential, data: ReturnType<typeof batches>) => Promise<unknown>]>([
  ['fitDataset', (model, data) => model.fitDataset(data, { epochs: 1, verbose: 0 })],
  [
    'evaluateClassifier',
    (model, data) => evaluateClassifier({ model, classNames: ['a', 'b'] }, data),
  ],
])('%s refuses numbers of classes for a categorical crossentropy', async (_, use) => {
  const model = compiled(['categoricalCrossentropy', 'softmax', 2, [6, 1]]);
  await expect(use(model, batches([6, 1]))).rejects.toThrow(
    'Cannot compute the loss "categoricalCrossentropy" of outputs [6,2]: labels of shape [6,2] are required, got [6,1]: it takes a label for each output, as labelMode "categorical" gives; for the number of a class take "sparseCategoricalCrossentropy"',
  );
});

test.each<[keyof typeof LOSSES, 'binary' | 'categorical', number]>([
  ['binaryCrossentropy', 'binary', 1],
  ['categoricalCrossentropy', 'categorical', 2],
  ['sparseCategoricalCrossentropy', 'binary', 2],
  ['meanSquaredError', 'binary', 1],
])(
  '%s of a network without flatten says so, with labels of whole pictures',
  async (loss, labelMode, units) => {
    const conv = tf.layers.conv2d({ inputShape: [4, 4, 3], filters: 2, kernelSize: 3 });
    const model = tf.sequential({ layers: [conv, tf.layers.dense({ units })] });
    model.compile({ optimizer: 'sgd', loss });
    const ys = tf.zeros([6, labelMode === 'binary' ? 1 : 2]);
    const data = tf.data.array([{ xs: tf.ones([6, 4, 4, 3]), ys }]);
    await expect(model.fitDataset(data, { epochs: 1, verbose: 0 })).rejects.toThrow(
      /of outputs \[6,2,2,\d\]: labels .*: the network answers for each place of its last map; for one answer a picture put tf\.layers\.flatten\(\) in front of the first dense layer$/,
    );
  },
);

test('a metric that is a crossentropy refuses labels of another shape, also where the loss takes them', async () => {
  const model = compiled(['meanSquaredError', 'sigmoid', 1, [6, 2]]);
  model.compile({
    optimizer: 'sgd',
    loss: 'meanSquaredError',
    metrics: [tf.metrics.binaryCrossentropy],
  });
  await expect(model.fitDataset(batches([6, 2]), { epochs: 1, verbose: 0 })).rejects.toThrow(
    'Cannot compute the metric "binaryCrossentropy" of outputs [6,1]: labels of shape [6,1] are required, got [6,2]: labelMode "int" and "binary" fit one output, "categorical" fits one output a class',
  );
});

test('a loss that somebody has written gets labels of any shape', async () => {
  const model = compiled(['meanSquaredError', 'sigmoid', 1, [6, 2]]);
  const loss = (labels: tf.Tensor, outputs: tf.Tensor) =>
    tf.mean(tf.sub(tf.sum(labels, -1, true), outputs), -1);
  model.compile({ optimizer: 'sgd', loss });
  const history = await model.fitDataset(batches([6, 2]), { epochs: 1, verbose: 0 });
  expect(history.history['loss']).toHaveLength(1);
});
