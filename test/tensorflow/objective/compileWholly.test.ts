import { tf } from '../../../src/tensorflow/tf';

const layers = () => [tf.layers.dense({ units: 1, inputShape: [2], activation: 'sigmoid' })];
const functional = () => {
  const input = tf.input({ shape: [2] });
  const output = layers()[0]!.apply(input) as tf.SymbolicTensor;
  return tf.model({ inputs: input, outputs: output });
};
const WRONG = { optimizer: 'adam', loss: 'binaryCrossentropy', metrics: ['acuracy'] };

describe.each<[string, () => tf.LayersModel]>([
  ['a Sequential model', () => tf.sequential({ layers: layers() })],
  ['a functional model', functional],
])('%s whose compile throws', (_, build) => {
  test('is not compiled where it was not', () => {
    const model = build();
    const { numTensors } = tf.memory();
    for (let i = 0; i < 3; i++) expect(() => model.compile({ ...WRONG })).toThrow('acuracy');
    expect(() => model.evaluate(tf.ones([2, 2]), tf.ones([2, 1]))).toThrow(/compile/);
    expect(model.optimizer).toBeUndefined();
    expect(tf.memory().numTensors).toBe(numTensors + 2); // the two that were given to evaluate
  });

  test('stays compiled as it was', async () => {
    const model = build();
    const optimizer = tf.train.sgd(0.1);
    model.compile({ optimizer, loss: 'meanSquaredError', metrics: ['mse'] });
    const [xs, ys] = [tf.ones([2, 2]), tf.ones([2, 1])];
    const evaluate = () =>
      (model.evaluate(xs, ys) as tf.Scalar[]).map((value) => value.dataSync()[0]);
    const before = evaluate();
    expect(() => model.compile({ ...WRONG })).toThrow('acuracy');
    expect(() => model.compile({ optimizer: 'sgd', loss: 'no such loss' })).toThrow('no such loss');
    expect(evaluate()).toEqual(before);
    expect([model.optimizer, model.loss, model.metricsNames]).toEqual([
      optimizer,
      'meanSquaredError',
      ['loss', 'mse'],
    ]);
    const { history } = await model.fit(xs, ys, { epochs: 1, verbose: 0 });
    expect(history['loss']).toEqual([expect.closeTo(before[0]!, 5)]);
  });
});
