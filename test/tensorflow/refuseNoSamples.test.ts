import { tf } from '../../src/tensorflow/tf';

const compiled = () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
};
const [none, noLabels] = [tf.zeros([0, 2]), tf.zeros([0, 1])];
const [some, labels] = [tf.ones([4, 2]), tf.ones([4, 1])];

test.each<[does: string, work: (model: tf.Sequential) => unknown]>([
  ['predict', (model) => model.predict(none)],
  ['predict', (model) => model.predict([none])],
  ['evaluate the model', (model) => model.evaluate(none, noLabels)],
  ['train', (model) => model.fit(none, noLabels)],
  ['validate', (model) => model.fit(some, labels, { validationData: [none, noLabels] })],
])('a model that is to %s without a sample says so', async (does, work) => {
  await expect((async () => work(compiled()))()).rejects.toThrow(
    `Cannot ${does}: at least one sample is required, and the tensor of the shape [0, 2] has none`,
  );
});

test('one sample is enough for each', async () => {
  const model = compiled();
  const [x, y] = [tf.ones([1, 2]), tf.ones([1, 1])];
  await model.fit(x, y, { verbose: 0, validationData: [x, y] });
  expect(model.predict(x)).toMatchObject({ shape: [1, 1] });
  expect(model.evaluate(x, y)).toMatchObject({ shape: [] });
});
