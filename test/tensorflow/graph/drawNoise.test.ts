import { drawNoise, withNoiseStep } from '../../../src/tensorflow/graph/drawNoise';
import { tf } from '../../../src/tensorflow/tf';
import { runCompiled } from '../../support/children';
import { nativeTensors } from '../../support/nativeOps';

type Distribution = Parameters<typeof drawNoise>[2];

function draw(
  layer: object,
  seed?: number | null,
  distribution: Distribution = 'Uniform',
  shape = [4],
): number[] {
  return tf.tidy(() => Array.from(drawNoise(layer, seed, distribution, shape)!.dataSync()));
}

/** What is drawn in the training step with a number. */
function inStep<T extends tf.TensorContainer>(step: number, run: () => T): T {
  return tf.tidy(() => withNoiseStep(tf.scalar(step, 'int32'), 0, run));
}

test('repeats with the seed and the step, for another layer too', () => {
  const first = inStep(3, () => draw({}, 7));
  expect(inStep(3, () => draw({}, 7))).toEqual(first);
  expect(inStep(4, () => draw({}, 7))).not.toEqual(first);
  expect(inStep(3, () => draw({}, 8))).not.toEqual(first);
});

test('differs at each call of a layer in a step, and begins anew at the next', () => {
  const layer = {};
  const twice = () => [draw(layer, 7), draw(layer, 7)];
  const [first, second] = inStep(0, twice);
  expect(second).not.toEqual(first);
  expect(inStep(0, twice)).toEqual([first, second]);
});

test('outside of a training goes from call to call as from step to step', () => {
  const layer = {};
  const calls = [0, 1, 2].map(() => draw(layer, 7));
  expect(calls).toEqual([0, 1, 2].map((step) => inStep(step, () => draw({}, 7))));
});

test.each([null, undefined])('with the seed %s differs from layer to layer', (seed) => {
  const layer = {};
  const first = inStep(0, () => draw(layer, seed));
  expect(inStep(0, () => draw(layer, seed))).toEqual(first);
  expect(inStep(0, () => draw({}, seed))).not.toEqual(first);
});

test('differs from training to training without a seed, and repeats with one', async () => {
  const [x, y] = [tf.ones([4, 64]), tf.zeros([4, 1])];
  const losses = async (seed?: number) => {
    const dropout = tf.layers.dropout({ rate: 0.5, seed, inputShape: [64] });
    const dense = tf.layers.dense({ units: 1, kernelInitializer: 'ones' });
    const model = tf.sequential({ layers: [dropout, dense] });
    const each = [];
    for (let training = 0; training < 2; training++) {
      // The rate is too small to change a weight.
      model.compile({ optimizer: tf.train.sgd(1e-12), loss: 'meanSquaredError' });
      const { history } = await model.fit(x, y, { epochs: 3, verbose: 0, shuffle: false });
      each.push(history['loss']);
    }
    model.dispose();
    return each;
  };
  const [first, second] = await losses();
  expect(second).not.toEqual(first);
  const [seeded, again] = await losses(5);
  expect(again).toEqual(seeded);
  tf.dispose([x, y]);
});

test('draws no seed from Math.random(), which a recording refuses', () => {
  const random = jest.spyOn(Math, 'random');
  draw({});
  expect(random).not.toHaveBeenCalled();
  random.mockRestore();
});

// Of 100,000 numbers the mean lies within 4 deviations / sqrt(100,000) of its own: 0.0037 and 0.0127.
test.each<[Distribution, number, number, number]>([
  ['Uniform', 0.5, 1 / 12, 0.0037],
  ['Normal', 0, 1, 0.0127],
])('is %s: mean %f, variance %f', (distribution, mean, variance, tolerance) => {
  const numbers = draw({}, 1, distribution, [1000, 100]);
  const average = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const squares = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
  expect(Math.abs(average - mean)).toBeLessThan(tolerance);
  expect(squares / variance).toBeCloseTo(1, 1);
  if (distribution === 'Uniform') {
    expect(numbers.every((x) => x >= 0 && x < 1)).toBe(true);
  }
});

test('leaves one tensor, the noise', () => {
  draw({}, 1);
  const before = [tf.memory().numTensors, nativeTensors()];
  const noise = drawNoise({}, 1, 'Normal', [2, 3])!;
  expect([noise.dtype, noise.shape]).toEqual(['float32', [2, 3]]);
  expect(tf.memory().numTensors).toBe(before[0]! + 1);
  noise.dispose();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

test("is undefined on another backend than TensorFlow's library", async () => {
  await tf.setBackend('cpu');
  expect(drawNoise({}, 1, 'Uniform', [2])).toBeUndefined();
  await tf.setBackend('tensorflow');
});

test('of a training repeats in another process with a seed, and differs without', async () => {
  const train = `
    const x = tf.ones([4, 64]), y = tf.zeros([4, 1]);
    const losses = async (seed) => {
      const dropout = tf.layers.dropout({ rate: 0.5, seed, inputShape: [64] });
      const dense = tf.layers.dense({ units: 1, kernelInitializer: 'ones' });
      const model = tf.sequential({ layers: [dropout, dense] });
      model.compile({ optimizer: tf.train.sgd(1e-6), loss: 'meanSquaredError' });
      const losses = [];
      for (let i = 0; i < 3; i++) losses.push(await model.trainOnBatch(x, y));
      return losses;
    };
    console.log(JSON.stringify([await losses(5), await losses()]));`;
  const [one, two] = [await runCompiled(train), await runCompiled(train)].map(
    ({ stdout }) => JSON.parse(stdout) as [number[], number[]],
  ) as [[number[], number[]], [number[], number[]]];
  expect(one[0]).toEqual(two[0]);
  expect(new Set(one[0]).size).toBe(3);
  expect(one[1]).not.toEqual(two[1]);
});
