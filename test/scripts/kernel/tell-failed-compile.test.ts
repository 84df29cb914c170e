import { tellFailedCompile } from '../../../scripts/kernel/tell-failed-compile';
import { tf } from '../../../src/tensorflow/tf';

beforeAll(() => tellFailedCompile(tf));

const [x, y] = [tf.ones([2, 2]), tf.ones([2, 1])];
const rows = tf.data.array([{ xs: x, ys: y }]);
const settings = { optimizer: 'sgd', loss: 'meanSquaredError' };

const sequential = () =>
  tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
const functional = () => {
  const inputs = tf.input({ shape: [2] });
  const outputs = tf.layers.dense({ units: 1 }).apply(inputs) as tf.SymbolicTensor;
  return tf.model({ inputs, outputs });
};

test.each([
  ['sequential', sequential],
  ['functional', functional],
])('a %s model whose compile() failed says so until it is compiled', async (_, build) => {
  const model = build();
  for (const wrong of [{ metrics: ['acuracy'] }, { loss: 'none' }]) {
    model.compile(settings);
    expect(() => model.compile({ ...settings, ...wrong })).toThrow(/^Unknown/);
    const told = /^Cannot train or measure this model: its compile\(\) failed\./;
    await expect(model.fit(x, y)).rejects.toThrow(told);
    await expect(model.fitDataset(rows, { epochs: 1 })).rejects.toThrow(told);
    await expect(model.trainOnBatch(x, y)).rejects.toThrow(told);
    await expect(model.evaluateDataset(rows as tf.data.Dataset<never>, {})).rejects.toThrow(told);
    expect(() => model.evaluate(x, y)).toThrow(told);
  }
  model.compile(settings);
  await expect(model.fit(x, y, { verbose: 0 })).resolves.toBeInstanceOf(tf.History);
});
