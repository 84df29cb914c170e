import { type TrainingHistory, trainingSeries } from '../../../src/display/charts/trainingSeries';
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

test('trainingSeries() gives what there is, and none before the first epoch', () => {
  expect(trainingSeries({ loss: [0.7], acc: [] }).map(({ metric }) => metric)).toEqual(['loss']);
  expect(trainingSeries({})).toEqual([]);
  expect(trainingSeries({ loss: [], val_loss: [] })).toEqual([]);
});

test('trainingSeries() throws when something else was recorded', () => {
  expect(() => trainingSeries({ mse: [0.7], mae: [0.6] })).toThrow(
    new TypeError(
      'Cannot draw the history: it needs "loss", "accuracy" or "acc", got "mse", "mae"',
    ),
  );
  for (const wrong of [undefined, null, 5, [0.5], { loss: 0.5 }]) {
    expect(() => trainingSeries(wrong as unknown as TrainingHistory)).toThrow(
      /^Cannot draw the history: an array of numbers under each metric's name is required, got /,
    );
  }
});

test('trainingSeries() throws when a value is no number, and says what to do with a tensor', () => {
  const loss = [tf.scalar(0.7)];
  expect(() => trainingSeries({ loss, acc: [0.5] })).toThrow(
    'got a tensor; call await history.syncData() first',
  );
  tf.dispose(loss);
  const fromJson = { loss: [null] } as unknown as TrainingHistory;
  expect(() => trainingSeries(fromJson)).toThrow(
    new TypeError('Cannot draw the history: the values of "loss" must be numbers, got null'),
  );
});

test('trainingSeries() says where the numbers are in what fit() returns', () => {
  const history = new tf.History() as unknown as TrainingHistory;
  expect(() => trainingSeries(history)).toThrow('give history.history');
});
