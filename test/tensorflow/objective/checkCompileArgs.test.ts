import { tf } from '../../../src/tensorflow/tf';

const layer = () => tf.layers.dense({ units: 1, inputShape: [2] });
const model = () => tf.sequential({ layers: [layer()] });
const functional = () => {
  const inputs = tf.input({ shape: [2] });
  return tf.model({ inputs, outputs: layer().apply(inputs) as tf.SymbolicTensor });
};
const loss = 'meanSquaredError';

describe.each([
  ['a Sequential', model],
  ['a functional model', functional],
])('compile() of %s says what is missing:', (_, make) => {
  test.each<[what: string, args: unknown, sentence: string]>([
    ['settings', undefined, 'settings { optimizer, loss } are required, got undefined'],
    [
      'an optimizer',
      { loss },
      "an optimizer is required, such as 'adam' or tf.train.adam(0.001), got undefined",
    ],
    [
      'an optimizer that is one',
      { optimizer: { learningRate: 0.1 }, loss },
      "an optimizer is required, such as 'adam' or tf.train.adam(0.001), got { learningRate: 0.1 }",
    ],
    [
      'a loss',
      { optimizer: 'sgd' },
      "a loss is required, such as 'binaryCrossentropy', got undefined",
    ],
    [
      'a learning rate from 0',
      { optimizer: new tf.AdamOptimizer(-1, 0.9, 0.999), loss },
      'the learning rate of its optimizer must be a number from 0, got -1',
    ],
    [
      'a learning rate that is a number',
      { optimizer: new tf.SGDOptimizer(NaN), loss },
      'the learning rate of its optimizer must be a number from 0, got NaN',
    ],
  ])('%s', (_what, args, sentence) => {
    const compiled = make();
    expect(() => compiled.compile(args as never)).toThrow(`Cannot compile the model: ${sentence}`);
    expect(compiled.optimizer ?? undefined).toBeUndefined();
  });
});

// A schedule may end at a learning rate of 0, and Keras saves it so.
test.each([0.1, 0])(
  'an optimizer of the learning rate %d that was made by its class compiles',
  (rate) => {
    const compiled = model();
    const optimizer = new tf.SGDOptimizer(rate);
    compiled.compile({ optimizer, loss });
    expect(compiled.optimizer).toBe(optimizer);
  },
);
