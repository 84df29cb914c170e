import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

const LABELS = [
  [0, 1],
  [1, 2],
  [-1, 0],
  [NaN, 0],
  [0.5, 1.5],
  [-0.5, 1],
  [5, 5],
];
const sentence = (label: number, what = 'loss', classes = 2) =>
  `Cannot compute the ${what} "sparseCategoricalCrossentropy" of ${classes} outputs: each label must be the number of one of them, 0 to ${classes - 1}, got ${label}; give the last layer one output a class (units), and count the classes from 0`;

function compiled(activation: 'softmax' | 'linear' = 'softmax', units = 2): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units, inputShape: [3], activation, kernelInitializer: 'ones' })],
  });
  model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

const xs = () => tf.ones([2, 3]);

test.each(['softmax', 'linear'] as const)(
  'labels that are the number of no output are refused where Keras refuses them (%s)',
  async (activation) => {
    const keras = await runPython<boolean[]>(
      `
import json, sys
import numpy as np, keras
def takes(labels, use):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, sys.argv[1], kernel_initializer="ones")])
    model.compile("sgd", "sparse_categorical_crossentropy")
    try:
        getattr(model, use)(np.ones((2, 3)), np.array(labels), verbose=0)
        return True
    except Exception:
        return False
print(json.dumps([takes(labels, use) for labels in json.loads(sys.argv[2]) for use in ("fit", "evaluate")]))`,
      [activation, JSON.stringify(LABELS)],
    );
    const ours: boolean[] = [];
    for (const labels of LABELS) {
      const model = compiled(activation);
      const ys = tf.tensor1d(labels);
      const fit = model.fit(xs(), ys, { verbose: 0 });
      ours.push(await fit.then(...outcome(labels)));
      const evaluate = (async () => model.evaluate(xs(), ys))();
      ours.push(await evaluate.then(...outcome(labels)));
    }
    expect(ours).toEqual(keras);
    expect(keras).toContain(false);
  },
);

/** True where it went well; a refusal must name the first label that fits no output. */
function outcome(labels: number[]): [() => boolean, (error: Error) => boolean] {
  const stray = labels.find((label) => ![0, 1].includes(Math.trunc(label)))!;
  return [
    () => true,
    (error) => {
      expect(error.message).toBe(sentence(stray));
      return false;
    },
  ];
}

test('a refused batch has changed no weight, and the model trains on', async () => {
  const model = compiled();
  await model.fit(xs(), tf.tensor1d([0, 1]), { verbose: 0 });
  const before = model.getWeights()[0]!.arraySync();
  const batches = tf.data.array([{ xs: xs(), ys: tf.tensor1d([0, 2]) }]);
  await expect(model.fitDataset(batches, { epochs: 1, verbose: 0 })).rejects.toThrow(sentence(2));
  await expect(async () => model.trainOnBatch(xs(), tf.tensor1d([3, 0]))).rejects.toThrow(
    sentence(3),
  );
  expect(model.getWeights()[0]!.arraySync()).toEqual(before);
  await model.fit(xs(), tf.tensor1d([0, 1]), { verbose: 0 });
});

test('labels of a validation are looked at, and those of a metric', async () => {
  const validation = { validationData: [xs(), tf.tensor1d([0, 2])] as [tf.Tensor, tf.Tensor] };
  const fit = compiled().fit(xs(), tf.tensor1d([0, 1]), { verbose: 0, ...validation });
  await expect(fit).rejects.toThrow(sentence(2));
  const model = compiled();
  const metrics = ['sparseCategoricalCrossentropy'];
  const loss = (_: tf.Tensor, outputs: tf.Tensor) => tf.mean(outputs, -1);
  model.compile({ optimizer: 'sgd', loss, metrics });
  const batches = tf.data.array([{ xs: xs(), ys: tf.tensor1d([0, 2]) }]);
  await expect(model.fitDataset(batches, { epochs: 1, verbose: 0 })).rejects.toThrow(
    sentence(2, 'metric'),
  );
});

test('labels of each of several outputs are compared with their own number of classes', async () => {
  const input = tf.input({ shape: [3] });
  const dense = (units: number) =>
    tf.layers.dense({ units, activation: 'softmax' }).apply(input) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: [dense(2), dense(4)] });
  model.compile({ optimizer: 'sgd', loss: 'sparseCategoricalCrossentropy' });
  const fit = (labels: number[][]) =>
    model.fit(xs(), labels.map((one) => tf.tensor1d(one)) as tf.Tensor[], { verbose: 0 });
  await fit([
    [0, 1],
    [3, 2],
  ]);
  await expect(
    fit([
      [0, 1],
      [3, 4],
    ]),
  ).rejects.toThrow(sentence(4, 'loss', 4));
});

test('looking at labels leaves no tensor', async () => {
  const model = compiled();
  const [inputs, labels, wrong] = [xs(), tf.tensor1d([0, 1]), tf.tensor1d([0, 2])];
  await model.fit(inputs, labels, { verbose: 0 });
  const before = tf.memory().numTensors;
  await model.fit(inputs, labels, { verbose: 0 });
  await expect(async () => model.evaluate(inputs, wrong)).rejects.toThrow(sentence(2));
  expect(tf.memory().numTensors).toBe(before);
});
