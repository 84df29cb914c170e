import { inspect } from 'node:util';

import { makeReadable } from '../../../scripts/kernel/readable-values';
import { textOfValue } from '../../../scripts/kernel/text-of-value';
import { tf } from '../../../src/tensorflow/tf';

beforeAll(() => makeReadable(tf));

const network = () =>
  tf.sequential({
    name: 'two',
    layers: [
      tf.layers.dense({ name: 'first', inputShape: [3], units: 2 }),
      tf.layers.dense({ name: 'last', units: 1 }),
    ],
  });

test('a tensor is shown with its type, shape and values', () => {
  expect(textOfValue(tf.tensor2d([[1.5, 2]]))).toBe('Tensor float32 [1, 2]\n     [[1.5, 2],]');
  expect(textOfValue(tf.scalar(4, 'int32'))).toBe('Tensor int32 []\n    4');
});

test('a picture is shown in no more than 20 lines', () => {
  expect(textOfValue(tf.zeros([100, 100, 3])).split('\n')).toHaveLength(21);
});

test('a callback is named, without what it works with', () => {
  class ShowProgress extends tf.Callback {
    step = 0;
  }
  expect(textOfValue(new ShowProgress())).toBe('ShowProgress, a callback for fit and fitDataset');
});

test('a disposed tensor, model or layer says so', () => {
  const tensor = tf.ones([3]);
  tensor.dispose();
  expect(textOfValue(tensor)).toBe('Tensor float32 [3], disposed');
  const model = network();
  model.dispose();
  const told = 'Sequential "two" (2 layers, 11 parameters), disposed';
  expect(textOfValue(model)).toBe(told);
  expect(textOfValue({ model })).toBe(`{ model: ${told} }`);
  expect(textOfValue(model.layers[1])).toBe(
    'Dense "last" (output [null, 1], 3 parameters), disposed',
  );
});

test('a model is shown as its summary, among other things in short', () => {
  const model = network();
  expect(textOfValue(model)).toContain('Total params: 11');
  expect(textOfValue({ model, classNames: ['happy'] })).toBe(
    '{\n  model: Sequential "two" (2 layers, 11 parameters),\n  classNames: [ \'happy\' ]\n}',
  );
  expect(textOfValue(tf.sequential({ name: 'none' }))).toBe(
    'Sequential "none" without layers that know their input: the first one needs inputShape',
  );
});

test('layers, weights, datasets and histories are named in a line each', async () => {
  const model = network();
  expect(textOfValue(model.layers[0])).toBe('Dense "first" (output [null, 2], 8 parameters)');
  expect(inspect(model.inputs)).toMatch(/^\[ SymbolicTensor "first_input\w*" \[null, 3\] \]$/);
  expect(inspect(tf.variable(tf.ones([2])))).toContain('Variable float32 [2]');
  expect(textOfValue(tf.data.array([1, 2]))).toBe('Dataset (2 batches)');
  model.compile({ optimizer: tf.train.sgd(1e-30), loss: 'meanSquaredError' });
  const history = await model.fit(tf.zeros([1, 3]), tf.zeros([1, 1]), { epochs: 2, verbose: 0 });
  expect(textOfValue(history)).toBe('History of 2 epochs, last: loss 0');
  // An epoch that was stopped before its first batch.
  history.epoch.push(2);
  expect(textOfValue(history)).toBe('History of 2 epochs, last: loss 0');
  history.history = {};
  expect(textOfValue(history)).toBe('History of 0 epochs');
});

test('an optimizer is named with its settings', () => {
  expect(textOfValue(tf.train.sgd(0.5))).toBe('SGD optimizer (learningRate 0.5)');
  expect(textOfValue({ optimizer: tf.train.adam(0.5) })).toMatch(
    /^\{\n  optimizer: Adam optimizer \(learningRate 0\.5, beta1 0\.9, beta2 0\.999, epsilon .*\)\n\}$/,
  );
});

test('a promise is told to be one', () => {
  expect(textOfValue(Promise.resolve(3))).toContain('Write await in front of it');
  expect(inspect([Promise.resolve(3)])).toBe(
    '[ Promise (write await in front of it for its value) ]',
  );
});

test('what is shown leaves no tensor behind', () => {
  const model = network();
  const before = tf.memory().numTensors;
  textOfValue([model, model.getWeights()]);
  textOfValue(model);
  expect(tf.memory().numTensors).toBe(before);
});
