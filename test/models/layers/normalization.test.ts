import { Normalization } from '../../../src/models/layers/normalization';
import { tf } from '../../../src/tensorflow/tf';
import { roundTrip } from './roundTrip';

const given = { axis: -1, invert: false, mean: [1, 2], variance: [4, 0.25] };
const input = [
  [3, 2],
  [-1, 3],
];

function outputOf(layer: tf.layers.Layer): unknown {
  return tf.tidy(() => (layer.apply(tf.tensor2d(input)) as tf.Tensor).arraySync());
}

test('Normalization subtracts the mean of each channel and divides by its deviation', () => {
  // (3 - 1) / 2, (2 - 2) / 0.5; (-1 - 1) / 2, (3 - 2) / 0.5
  expect(outputOf(new Normalization(given))).toEqual([
    [1, 0],
    [-1, 2],
  ]);
});

test('Normalization puts back what was normalized', () => {
  // 3 · 2 + 1, 2 · 0.5 + 2; -1 · 2 + 1, 3 · 0.5 + 2
  expect(outputOf(new Normalization({ ...given, invert: true }))).toEqual([
    [7, 3],
    [-1, 3.5],
  ]);
});

test('Normalization takes one mean for all channels, and a variance of 0', () => {
  const layer = new Normalization({ axis: null, invert: false, mean: 1, variance: 0 });
  // 2 / 1e-7: Keras divides by no less
  expect(outputOf(layer)).toEqual([
    [expect.closeTo(2e7, -1), expect.closeTo(1e7, -1)],
    [expect.closeTo(-2e7, -1), expect.closeTo(2e7, -1)],
  ]);
});

test('Normalization that was given none has a mean and a variance as weights, which are not trained', () => {
  const layer = new Normalization({ axis: 1, invert: false, mean: null, variance: null });
  expect(outputOf(layer)).toEqual(input);
  expect(layer.trainableWeights).toEqual([]);
  layer.setWeights([tf.tensor1d([1, 2]), tf.tensor1d([4, 0.25])]);
  expect(outputOf(layer)).toEqual([
    [1, 0],
    [-1, 2],
  ]);
});

test('Normalization passes a gradient on', () => {
  tf.tidy(() => {
    const slopes = tf.grad((x) => new Normalization(given).apply(x) as tf.Tensor)(
      tf.tensor2d(input),
    );
    expect(slopes.arraySync()).toEqual([
      [0.5, 2],
      [0.5, 2],
    ]);
  });
});

test('Normalization is saved with its arguments and weights, and leaks nothing', async () => {
  const before = tf.memory().numTensors;
  const x = tf.tensor2d(input);
  for (const args of [given, { ...given, mean: null, variance: null }]) {
    const [first, again] = await roundTrip(new Normalization({ ...args, inputShape: [2] }), x);
    expect(again).toEqual(first);
  }
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
