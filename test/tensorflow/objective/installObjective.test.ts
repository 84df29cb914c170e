import { Precision } from '../../../src/evaluation/Precision';
import { tf } from '../../../src/tensorflow/tf';

test('a categorical crossentropy of one output, always 0 as in Keras, is told', async () => {
  const told: unknown[] = [];
  const warn = jest.spyOn(console, 'warn').mockImplementation((line) => void told.push(line));
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], activation: 'sigmoid' })],
  });
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
  expect(told).toEqual([]);
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy' });
  warn.mockRestore();
  expect(told).toEqual([expect.stringContaining('nothing is learned: take "binaryCrossentropy"')]);
  // keras.Sequential([Input((2,)), Dense(1, activation='sigmoid')]) compiled with 'categorical_crossentropy':
  // model.evaluate(np.ones((4, 2)), np.array([0, 1, 1, 0])) is 0.0
  const batch = { xs: tf.ones([4, 2]), ys: tf.tensor2d([[0], [1], [1], [0]]) };
  const loss = await model.evaluateDataset(tf.data.array([batch]), {});
  expect((await (loss as tf.Scalar).data())[0]).toBeCloseTo(0, 6);
});

test("tfjs's precision, 0 where that of Keras is 0.5, is told, with what measures it", async () => {
  const told: unknown[] = [];
  const warn = jest.spyOn(console, 'warn').mockImplementation((line) => void told.push(line));
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        ...{ units: 1, inputShape: [1], activation: 'sigmoid' },
        ...{ kernelInitializer: 'ones', useBias: false },
      }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['precision'] });
  warn.mockRestore();
  expect(told).toEqual([
    expect.stringContaining('evaluateClassifier(), new Precision() and new Recall()'),
  ]);
  // keras.metrics.Precision of the labels 1, 1, 0, 0 and sigmoid(1, -1, 2, -2) is 1 of 2.
  const [x, y] = [tf.tensor2d([[1], [-1], [2], [-2]]), tf.tensor2d([[1], [1], [0], [0]])];
  const precision = new Precision();
  await precision.update(y, model.predict(x) as tf.Tensor);
  expect(precision.result()).toBe(0.5);
});
