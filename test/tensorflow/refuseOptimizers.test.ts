import { kerasAdam } from '../../src/tensorflow/kerasAdam';
import { optimizerFromKeras } from '../../src/saving/keras/optimizer';
import { tf } from '../../src/tensorflow/tf';

const ABOVE = 'a number above 0';
const SHARE = 'a number from 0 and below 1';

test.each<[name: string, make: () => unknown, setting: string, words: string, got: string]>([
  ['adam', () => kerasAdam(-1), 'learningRate', ABOVE, '-1'],
  ['adam', () => kerasAdam(NaN), 'learningRate', ABOVE, 'NaN'],
  ['adam', () => tf.train.adam(0), 'learningRate', ABOVE, '0'],
  ['adam', () => tf.train.adam(0.001, 1), 'beta1', SHARE, '1'],
  ['adam', () => tf.train.adam(0.001, 0.9, -0.5), 'beta2', SHARE, '-0.5'],
  ['adam', () => tf.train.adam(0.001, 0.9, 0.999, -1), 'epsilon', 'a number from 0', '-1'],
  ['sgd', () => tf.train.sgd(Infinity), 'learningRate', ABOVE, 'Infinity'],
  ['sgd', () => tf.train.sgd('0.1' as never), 'learningRate', ABOVE, '"0.1"'],
  ['sgd', () => tf.train.sgd(undefined as never), 'learningRate', ABOVE, 'undefined'],
  ['momentum', () => tf.train.momentum(0.1, 1.5), 'momentum', SHARE, '1.5'],
  ['rmsprop', () => tf.train.rmsprop(0.1, 9), 'decay', SHARE, '9'],
  ['adadelta', () => tf.train.adadelta(0.1, 2), 'rho', SHARE, '2'],
  ['adamax', () => tf.train.adamax(-0.1), 'learningRate', ABOVE, '-0.1'],
  ['adagrad', () => tf.train.adagrad(0), 'learningRate', ABOVE, '0'],
])('an optimizer %s that could not learn is refused: %s', (name, make, setting, words, got) => {
  expect(make).toThrow(
    new RangeError(
      `Cannot make the optimizer ${name}: its ${setting} must be ${words}, got ${got}`,
    ),
  );
});

test('optimizers with their defaults, and with settings at the edge of what they may be, are made', () => {
  const optimizers = [
    kerasAdam(),
    tf.train.adam(),
    tf.train.adam(1, 0, 0, 0),
    tf.train.adam(1, undefined, undefined, null as never),
    tf.train.sgd(1e-9),
    tf.train.momentum(1, 0, true),
    tf.train.rmsprop(1, 0),
    tf.train.adadelta(),
    tf.train.adamax(),
    tf.train.adagrad(0.1),
  ];
  expect(optimizers.map((optimizer) => optimizer.getClassName())).toEqual(
    expect.arrayContaining(['Adam', 'SGD', 'Momentum', 'RMSProp', 'Adadelta', 'Adamax', 'Adagrad']),
  );
  for (const optimizer of optimizers) optimizer.dispose();
});

test('a model of Keras whose learning rate has fallen to 0 still has its optimizer', () => {
  const optimizer = optimizerFromKeras({
    class_name: 'SGD',
    config: { learning_rate: 0, momentum: 0.9 },
  });
  expect(optimizer.getConfig()).toMatchObject({ learningRate: 0, momentum: 0.9 });
  optimizer.dispose();
});
