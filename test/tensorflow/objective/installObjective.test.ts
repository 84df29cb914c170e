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
