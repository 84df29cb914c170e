import { nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { buildEmotion } from '../../../src/models/buildEmotion';
import { findNotFinite } from '../../../src/tensorflow/graph/notFinite';
import { tf } from '../../../src/tensorflow/tf';
import { stopAtNaN } from '../../../src/training/callbacks/stopAtNaN';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { nativeTensors } from '../../support/nativeOps';
import { initializer, sessions, weightsOf } from '../../support/tinyModel';

const warnings: string[] = [];
beforeEach(() => {
  warnings.length = 0;
  jest.spyOn(console, 'warn').mockImplementation((line: string) => void warnings.push(line));
});
afterEach(() => jest.restoreAllMocks());

/** A convolution with relu, which TensorFlow's graph computes in one op; on some processors that makes 0 of NaN. */
function build(loss: tf.ModelCompileArgs['loss'] = 'binaryCrossentropy'): tf.LayersModel {
  const input = tf.input({ shape: [4, 4, 1], name: 'faces' });
  const convolution = tf.layers.conv2d({
    filters: 2,
    kernelSize: 3,
    activation: 'relu',
    kernelInitializer: initializer(1),
    name: 'convolution',
  });
  const dense = tf.layers.dense({
    units: 1,
    activation: 'sigmoid',
    kernelInitializer: initializer(2),
  });
  const features = tf.layers.flatten().apply(convolution.apply(input)) as tf.SymbolicTensor;
  const outputs = dense.apply(features) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs });
  model.compile({ optimizer: tf.train.sgd(0.1), loss, metrics: ['accuracy'] });
  return model;
}

/** Four pictures, of which the third has one such pixel. */
function pictures(pixel = 0.5): tf.Tensor4D {
  const values = Array.from({ length: 64 }, (_, i) => (i % 7) / 7);
  values[2 * 16 + 5] = pixel;
  return tf.tensor4d(values, [4, 4, 4, 1]);
}

const labels = () => tf.tensor2d([[0], [1], [0], [1]]);
const numbers = (result: tf.Tensor | tf.Tensor[]) =>
  ([result].flat() as tf.Tensor[]).map((tensor) => Array.from(tensor.dataSync()));
const counts = () => [tf.memory().numTensors, nativeTensors(), sessions()];

test.each([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['Infinity', -Infinity],
])('answers a batch with %s as op by op each time, and says so once', async (value, pixel) => {
  const before = counts();
  const model = build();
  const { optimizer } = model;
  const [x, y] = [pictures(pixel), labels()];
  const run = () => tf.tidy(() => [numbers(model.predict(x)), numbers(model.evaluate(x, y))]);
  const expected = await opByOp(run);
  expect(warnings).toEqual([]);
  for (let i = 0; i < 4; i++) expect(run()).toEqual(expected);
  const where = `its input "faces" holds ${value} in 1 of 4 samples, first in sample 2 (counted from 0).`;
  const advice = 'Look for a division by 0 or a missing value where these numbers are made.';
  expect(warnings).toEqual([
    `The model "${model.name}" predicts from numbers that are not finite: ${where} What it answers for them means nothing. ${advice}`,
    `The model "${model.name}" is evaluated on numbers that are not finite: ${where} Its loss and its metrics mean nothing then. ${advice}`,
  ]);
  model.dispose();
  optimizer.dispose();
  tf.dispose([x, y]);
  expect(counts()).toEqual(before);
});

test('answers finite batches of the shape by the graph before and after', async () => {
  const model = build();
  const [good, bad] = [pictures(), pictures(NaN)];
  const answer = (x: tf.Tensor) => tf.tidy(() => numbers(model.predict(x)));
  answer(good);
  const { result, graphRuns } = await countingGraphRuns(() => [good, bad, good].map(answer));
  expect(graphRuns).toBe(2);
  expect(result[0]).toEqual(result[2]);
  model.dispose();
  tf.dispose([good, bad]);
});

/** What three steps give, the second of them with a spoiled batch. */
async function threeSteps(
  batches: Array<[tf.Tensor, tf.Tensor]>,
  loss?: tf.ModelCompileArgs['loss'],
) {
  const model = build(loss);
  const losses: number[] = [];
  const weights: number[][][] = [];
  for (const [x, y] of batches) {
    losses.push(((await model.trainOnBatch(x, y)) as number[])[0]!);
    weights.push(weightsOf(model));
  }
  model.dispose();
  return { losses, weights };
}

test.each([NaN, Infinity])(
  'trains on a batch with %d as op by op: the loss is NaN from then on',
  async (pixel) => {
    const [good, bad, y] = [pictures(), pictures(pixel), labels()];
    const batches = [good, bad, good].map((x): [tf.Tensor, tf.Tensor] => [x, y]);
    const expected = await opByOp(() => threeSteps(batches));
    expect(warnings).toEqual([]);
    const { losses, weights } = await threeSteps(batches);
    expect(losses).toEqual([expect.closeTo(expected.losses[0]!, 5), NaN, NaN]);
    expect(expected.losses.slice(1)).toEqual([NaN, NaN]);
    for (const step of [1, 2]) {
      expect(weights[step]!.map((values) => values.map(Number.isFinite))).toEqual(
        expected.weights[step]!.map((values) => values.map(Number.isFinite)),
      );
    }
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The model "\w+" trains on numbers that are not finite: its input "faces" holds (NaN|Infinity) in 1 of 4 samples, first in sample 2 \(counted from 0\)\. They make its loss and its weights NaN\./,
      ),
    ]);
    tf.dispose([good, bad, y]);
  },
);

test('fit tells a loss of NaN for pictures of NaN, epoch by epoch', async () => {
  const model = build();
  const [x, y] = [tf.fill([4, 4, 4, 1], NaN), labels()];
  const { history } = await model.fit(x, y, { epochs: 3, batchSize: 2, verbose: 0 });
  expect(history['loss']).toEqual([NaN, NaN, NaN]);
  expect(warnings).toHaveLength(1);
  model.dispose();
  tf.dispose([x, y]);
});

test.each([
  ['by the graph', undefined],
  [
    'with a loss of its own',
    (truth: tf.Tensor, out: tf.Tensor) => tf.losses.meanSquaredError(truth, out),
  ],
] as const)('names labels that are not finite, %s', async (_, loss) => {
  const [x, good, bad] = [pictures(), labels(), tf.tensor2d([[NaN], [1], [Infinity], [1]])];
  await threeSteps(
    [
      [x, good],
      [x, bad],
      [x, good],
    ],
    loss as tf.ModelCompileArgs['loss'],
  );
  expect(warnings.filter((line) => !line.includes('op by op'))).toEqual([
    expect.stringContaining(
      'trains on numbers that are not finite: its labels hold NaN in 2 of 4 samples, first in sample 0',
    ),
  ]);
  tf.dispose([x, good, bad]);
});

test('answers NaN with weights that are not finite, says which, and answers again once they are', async () => {
  const model = build();
  const x = pictures();
  const answer = () => tf.tidy(() => numbers(model.predict(x)));
  const before = answer();
  const good = weightsOf(model);
  const set = (values: number[][]) =>
    tf.tidy(() =>
      model.setWeights(
        values.map((each, i) => tf.tensor(each, model.weights[i]!.shape as number[])),
      ),
    );
  set(good.map((values, i) => (i === 0 ? values.map(() => NaN) : values)));
  const expected = await opByOp(answer);
  expect(expected.flat().every(Number.isNaN)).toBe(true);
  for (let i = 0; i < 3; i++) expect(answer()).toEqual(expected);
  expect(warnings).toEqual([
    `The model "${model.name}" has weights that are not finite: "${model.weights[0]!.name}" holds NaN. What it answers means nothing. Load or build it anew; stopAtNaN() ends a training before its weights are lost.`,
  ]);
  set(good);
  const { result, graphRuns } = await countingGraphRuns(answer);
  expect(graphRuns).toBe(1);
  result.flat().forEach((value, i) => expect(value).toBeCloseTo(before.flat()[i]!, 6));
  model.dispose();
  x.dispose();
});

test('says of a model with such weights at its first answer already', () => {
  const model = build();
  const x = pictures();
  tf.tidy(() => {
    model.setWeights(model.getWeights().map((weight) => tf.fill(weight.shape, Infinity)));
    model.predict(x);
  });
  expect(warnings).toEqual([
    expect.stringMatching(/"convolution\w*\/kernel\w*" holds Infinity, and 3 more are not finite/),
  ]);
  model.dispose();
  x.dispose();
});

test('takes numbers whose sum alone is infinite for what they are', () => {
  const model = build();
  const x = tf.fill([4, 4, 4, 1], 3e38);
  tf.tidy(() => model.setWeights(model.getWeights().map((weight) => tf.zerosLike(weight))));
  for (let i = 0; i < 3; i++) {
    expect(tf.tidy(() => numbers(model.predict(x)))).toEqual([[0.5, 0.5, 0.5, 0.5]]);
  }
  expect(warnings).toEqual([]);
  model.dispose();
  x.dispose();
});

test('findNotFinite() counts samples', () => {
  const found = (tensor: tf.Tensor) => {
    const result = findNotFinite(tensor);
    tensor.dispose();
    return result;
  };
  expect(nativeBackend()).toBeDefined();
  expect(
    found(
      tf.tensor2d([
        [1, 2],
        [3, -Infinity],
        [Infinity, 1],
      ]),
    ),
  ).toEqual({
    value: 'Infinity',
    count: 2,
    samples: 3,
    first: 1,
  });
  expect(found(tf.scalar(NaN))).toEqual({ value: 'NaN', count: 1, samples: 1, first: 0 });
  expect(found(tf.tensor2d([[1, 2]]))).toBeUndefined();
  expect(found(tf.tensor1d([], 'float32'))).toBeUndefined();
  expect(found(tf.tensor1d([1, 2], 'int32'))).toBeUndefined();
});

test.each([true, false])(
  'names weights that a training has spoiled, and leaves it to a guard (%p) where there is one',
  async (isGuarded) => {
    const model = buildEmotion({ seed: 1, imageSize: [64, 64] });
    model.compile({ optimizer: tf.train.adam(10 ** 6), loss: 'binaryCrossentropy' });
    const x = tf.randomUniform([320, 64, 64, 3], 0, 1, 'float32', 1);
    const y = tf.tidy(() => tf.range(0, 320).mod<tf.Tensor1D>(2).reshape([320, 1]));
    const callbacks = isGuarded ? [stopAtNaN()] : [];
    // The last batch, of 20, is traced when the weights are spoiled.
    const training = model.fit(x, y, { epochs: 1, batchSize: 100, verbose: 0, callbacks });
    if (isGuarded) await expect(training).rejects.toThrow('Cannot go on training');
    else await training;
    const sentence = expect.stringMatching(/has weights that are not finite: "[^"]*kernel"/);
    expect(warnings).toEqual(isGuarded ? [] : [sentence]);
    tf.dispose([x, y]);
    model.dispose();
  },
);
