import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { nativeTensors } from '../../support/nativeOps';
import { initializer, weightsOf } from '../../support/tinyModel';

const layers: Record<string, () => tf.layers.Layer> = {
  Dropout: () => tf.layers.dropout({ rate: 0.4, seed: 5 }),
  'Dropout without a seed': () => tf.layers.dropout({ rate: 0.4 }),
  SpatialDropout1D: () => tf.layers.spatialDropout1d({ rate: 0.4, seed: 5 }),
  GaussianNoise: () => tf.layers.gaussianNoise({ stddev: 0.5 }),
  GaussianDropout: () => tf.layers.gaussianDropout({ rate: 0.4 }),
  AlphaDropout: () => tf.layers.alphaDropout({ rate: 0.4 }),
};

function apply(layer: tf.layers.Layer, x: tf.Tensor, training = true): tf.Tensor {
  return layer.apply(x, { training }) as tf.Tensor;
}

const numbersOf = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

beforeEach(() => tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  jest.restoreAllMocks();
});

describe.each(Object.entries(layers))('%s', (_, make) => {
  const x = () => tf.randomNormal([50, 20, 20], 1, 2, 'float32', 1);

  test('differs from call to call in training, and does nothing in prediction', () => {
    const layer = make();
    const input = x();
    expect(numbersOf(apply(layer, input))).not.toEqual(numbersOf(apply(layer, input)));
    expect(numbersOf(apply(layer, input, false))).toEqual(numbersOf(input));
  });

  test('leaves one tensor', () => {
    const layer = make();
    const input = x();
    tf.dispose(apply(layer, input));
    const before = [tf.memory().numTensors, nativeTensors()];
    const y = apply(layer, input);
    expect(tf.memory().numTensors).toBe(before[0]! + 1);
    y.dispose();
    expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  });

  test('is other at each step of a training by the graph', async () => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const model = tf.sequential({
      layers: [
        tf.layers.reshape({ targetShape: [4, 8], inputShape: [32] }),
        make(),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1, kernelInitializer: initializer(1) }),
      ],
    });
    // So small a rate that the noise alone makes the losses differ.
    model.compile({ optimizer: tf.train.sgd(1e-9), loss: 'meanSquaredError' });
    const [input, target] = [tf.ones([8, 32]), tf.zeros([8, 1])];
    const losses: unknown[] = [];
    const { graphRuns } = await countingGraphRuns(async () => {
      for (let i = 0; i < 3; i++) losses.push(await model.trainOnBatch(input, target));
    });
    expect(graphRuns).toBe(3);
    expect(new Set(losses).size).toBe(3);
    expect(warn).not.toHaveBeenCalled();
    model.dispose();
    tf.dispose([input, target]);
  });
});

test('a seeded Dropout drops the same by the graph and op by op', async () => {
  const train = async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 16, inputShape: [4], kernelInitializer: initializer(1) }),
        tf.layers.dropout({ rate: 0.5, seed: 3 }),
        tf.layers.dense({ units: 1, kernelInitializer: initializer(2) }),
      ],
    });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [input, target] = [tf.ones([8, 4]), tf.zeros([8, 1])];
    for (let i = 0; i < 4; i++) await model.trainOnBatch(input, target);
    const weights = weightsOf(model);
    model.dispose();
    tf.dispose([input, target]);
    return weights.flat();
  };
  const { result, graphRuns } = await countingGraphRuns(train);
  expect(graphRuns).toBe(4);
  const eager = await opByOp(train);
  result.forEach((value, i) => expect(value).toBeCloseTo(eager[i]!, 6));
});

// Within 4 standard errors of 100,000 numbers, rounded up.
test('Dropout keeps a share of 1 - rate, and raises it so that the mean stays', () => {
  const y = numbersOf(apply(tf.layers.dropout({ rate: 0.4, seed: 5 }), tf.ones([1000, 100])));
  const kept = y.filter((value) => value !== 0);
  expect(Math.abs(kept.length / y.length - 0.6)).toBeLessThan(0.0065);
  expect(new Set(kept)).toEqual(new Set([Math.fround(1 / Math.fround(0.6))]));
});

test('Dropout drops along the axes that its noise shape leaves', () => {
  const layer = tf.layers.dropout({ rate: 0.5, seed: 5, noiseShape: [100, 1] });
  const rows = apply(layer, tf.ones([100, 7])).arraySync() as number[][];
  for (const row of rows) expect(new Set(row).size).toBe(1);
  expect(new Set(rows.flat())).toEqual(new Set([0, 2]));
});

test('SpatialDropout1D drops whole channels', () => {
  const layer = tf.layers.spatialDropout1d({ rate: 0.5, seed: 5 });
  const y = apply(layer, tf.ones([4, 6, 5]))
    .transpose([0, 2, 1])
    .arraySync() as number[][][];
  const channels = y.flat();
  for (const channel of channels) expect(new Set(channel).size).toBe(1);
  expect(new Set(channels.flat())).toEqual(new Set([0, 2]));
});

test.each<[string, () => tf.layers.Layer, number]>([
  // x + n, n of the deviation 0.5
  ['GaussianNoise', layers['GaussianNoise']!, 0.25],
  // x · n at x = 1, n of the mean 1 and the variance rate / (1 - rate). Source: tfjs's and Keras' documentation
  ['GaussianDropout', layers['GaussianDropout']!, 0.4 / 0.6],
])('%s of ones has the mean 1 and its variance', (_, make, variance) => {
  const moments = tf.moments(apply(make(), tf.ones([1000, 100])));
  const error = 4 * Math.sqrt(variance / 100_000);
  expect(Math.abs((moments.mean.arraySync() as number) - 1)).toBeLessThan(error);
  expect((moments.variance.arraySync() as number) / variance).toBeCloseTo(1, 1);
});

test('AlphaDropout keeps mean 0 and variance 1 of normal numbers, and sets dropped ones to one value below', () => {
  const x = tf.randomNormal([1000, 100], 0, 1, 'float32', 1);
  const y = apply(tf.layers.alphaDropout({ rate: 0.4 }), x);
  const moments = tf.moments(y);
  expect(Math.abs(moments.mean.arraySync() as number)).toBeLessThan(0.02);
  expect(moments.variance.arraySync()).toBeCloseTo(1, 1);
  const counts = new Map<number, number>();
  for (const value of numbersOf(y)) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [[dropped, count]] = [...counts].sort(([, a], [, b]) => b - a) as [[number, number]];
  expect(Math.abs(count / 100_000 - 0.4)).toBeLessThan(0.0065);
  // α' = -1.7581; a = ((1 - p)(1 + p α'²))^-½ = 0.8637; b = -a α' p = 0.6074; a α' + b = -0.9111
  expect(dropped).toBeCloseTo(-0.9111, 3);
});

test("int32 input, a rate of 0 and other backends are tfjs's own", async () => {
  const ints = tf.tensor1d([1, 2, 3], 'int32');
  expect(numbersOf(apply(tf.layers.dropout({ rate: 0 }), ints))).toEqual([1, 2, 3]);
  const floats = tf.tensor1d([1, 2, 3]);
  expect(numbersOf(apply(tf.layers.gaussianDropout({ rate: 0 }), floats))).toEqual([1, 2, 3]);
  await tf.setBackend('cpu');
  const y = numbersOf(apply(tf.layers.dropout({ rate: 0.5, seed: 1 }), tf.ones([1000])));
  expect(new Set(y)).toEqual(new Set([0, 2]));
  await tf.setBackend('tensorflow');
});
