import { BinaryAccuracy } from '../../src/evaluation/BinaryAccuracy';
import type { BinaryMetric } from '../../src/evaluation/binaryMetric';
import { Precision } from '../../src/evaluation/Precision';
import { Recall } from '../../src/evaluation/Recall';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';

type Batch = [labels: number[], probabilities: number[]];

const JUST_ABOVE = 0.5 + 2 ** -24; // the next float32 after 0.5

/** Each is fed to a metric batch by batch. */
const CASES: Record<string, Batch[]> = {
  'no batch': [],
  'an empty batch': [[[], []]],
  'batches of different size': [
    [
      [1, 1, 0, 0, 1],
      [0.9, 0.2, 0.7, 0.1, 0.6],
    ],
    [
      [0, 1],
      [0.8, 0.3],
    ],
    [[1], [1]],
  ],
  'exactly 0.5, and a hair above': [
    [
      [1, 0, 1, 0],
      [0.5, 0.5, JUST_ABOVE, JUST_ABOVE],
    ],
  ],
  'nothing taken for the second class': [
    [
      [1, 0, 1],
      [0.1, 0.2, 0.5],
    ],
  ],
  'no picture of the second class': [
    [
      [0, 0, 0],
      [0.1, 0.9, 0.2],
    ],
  ],
  'all right': [
    [
      [1, 0],
      [1, 0],
    ],
  ],
  'an empty batch between others': [
    [[1], [0.7]],
    [[], []],
    [[0], [0.7]],
  ],
};

const METRICS: Array<new () => BinaryMetric> = [Precision, Recall, BinaryAccuracy];

const SCRIPT = `
import json, sys, numpy as np, keras
cases = json.loads(sys.argv[1])
told = {}
for name, batches in cases.items():
    for cls in (keras.metrics.Precision, keras.metrics.Recall, keras.metrics.BinaryAccuracy):
        metric = cls()
        results = [float(metric.result())]
        for labels, probabilities in batches:
            column = lambda values: np.array(values, 'float32').reshape(-1, 1)
            metric.update_state(column(labels), column(probabilities))
            results.append(float(metric.result()))
        told[name + ' ' + cls.__name__] = results
print(json.dumps(told))
`;

let keras: Record<string, number[]>;
beforeAll(async () => {
  keras = await runPython(SCRIPT, [JSON.stringify(CASES)]);
});

const each = METRICS.flatMap((metric) =>
  Object.entries(CASES).map(([name, batches]) => [metric, name, batches] as const),
);
test.each(each)('%p equals Keras after every batch: %s', async (Metric, name, batches) => {
  const before = tf.memory().numTensors;
  const metric = new Metric();
  const results = [metric.result()];
  for (const [labels, probabilities] of batches) {
    const shape: [number, number] = [labels.length, 1];
    const tensors = [tf.tensor2d(labels, shape), tf.tensor2d(probabilities, shape)] as const;
    await metric.update(...tensors);
    tf.dispose([...tensors]);
    results.push(metric.result());
  }
  const expected = keras[`${name} ${Metric.name}`]!;
  expect(results).toHaveLength(expected.length);
  for (const [i, result] of results.entries()) expect(result).toBeCloseTo(expected[i]!, 6);
  expect(tf.memory().numTensors).toBe(before);
});

test('a metric takes lists and tensors [n] as well', async () => {
  const metric = new Precision();
  await metric.update([1, 0], [0.9, 0.8]);
  const tensors = [tf.tensor1d([1, 1], 'int32'), tf.tensor1d([0.9, 0.8])] as const;
  await metric.update(...tensors);
  tf.dispose([...tensors]);
  expect(metric.result()).toBe(3 / 4);
});

test('reset() forgets all batches', async () => {
  const metric = new Recall();
  await metric.update([1, 1], [0.9, 0.1]);
  metric.reset();
  expect(metric.result()).toBe(0);
  await metric.update([1], [0.9]);
  expect(metric.result()).toBe(1);
});

test.each<[string, number[], number[], string]>([
  ['a label is missing', [1], [0.1, 0.2], 'a probability for each of 1 labels is required, got 2'],
  ['a label is 2', [1, 2], [0.1, 0.2], 'each label must be 0 or 1, got 2'],
  ['a model has diverged', [1, 0], [0.9, NaN], 'each probability must lie in 0–1, got NaN'],
  ['logits come', [1, 0], [0.9, -3], 'each probability must lie in 0–1, got -3'],
])('update() counts nothing and throws when %s', async (_, labels, probabilities, reason) => {
  const metric = new Precision();
  await expect(metric.update(labels, probabilities)).rejects.toThrow(
    new RangeError(`Cannot update Precision: ${reason}`),
  );
  expect(metric.result()).toBe(0);
});

test('update() throws on one-hot labels', async () => {
  const labels = tf.tensor2d([[0, 1]]);
  await expect(new Recall().update(labels, [0.9])).rejects.toThrow(
    new TypeError('Cannot update Recall: labels must have the shape [n, 1] or [n], got [1, 2]'),
  );
  labels.dispose();
});
