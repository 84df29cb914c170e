import { trainingSeries } from '../../../src/display/charts/trainingSeries';
import { tf } from '../../../src/tensorflow/tf';

test.each(['acc', 'accuracy'])('trainingSeries() reads %s', (name) => {
  expect(trainingSeries({ loss: [0.7], [name]: [0.5] })).toEqual([
    { metric: 'accuracy', data: 'training', values: [0.5] },
    { metric: 'loss', data: 'training', values: [0.7] },
  ]);
});

test('trainingSeries() adds the validation where there was one', () => {
  const series = trainingSeries({ val_loss: [3], val_acc: [4], loss: [1], acc: [2] });
  expect(series.map(({ metric, data, values }) => [metric, data, ...values])).toEqual([
    ['accuracy', 'training', 2],
    ['accuracy', 'validation', 4],
    ['loss', 'training', 1],
    ['loss', 'validation', 3],
  ]);
});

test('trainingSeries() takes what fit() returns', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics: ['accuracy'] });
  const [xs, ys] = [tf.ones([4, 1]), tf.ones([4, 1])];
  const { history } = await model.fit(xs, ys, { epochs: 2, verbose: 0 });
  expect(trainingSeries(history).map(({ values }) => values.length)).toEqual([2, 2]);
});

test('trainingSeries() throws when a metric is missing or has no epoch', () => {
  expect(() => trainingSeries({})).toThrow(
    'Cannot draw the training curve: the history needs "accuracy" or "acc" with a value for each epoch, ' +
      'got an empty history',
  );
  expect(() => trainingSeries({ loss: [0.7, 0.6], acc: [] })).toThrow('got "loss" (2), "acc" (0)');
  expect(() => trainingSeries({ acc: [0.5] })).toThrow('the history needs "loss"');
});

test('trainingSeries() throws when a value is still a tensor', () => {
  const loss = [tf.scalar(0.7)];
  expect(() => trainingSeries({ loss, acc: [0.5] })).toThrow('call await history.syncData() first');
  tf.dispose(loss);
});
