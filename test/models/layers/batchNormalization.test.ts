import { BatchNormalization } from '../../../src/models/layers/batchNormalization';
import { tf } from '../../../src/tensorflow/tf';
import { roundTrip } from './roundTrip';

const input = [[1], [3]];

/** The layer, built, and what it makes of the input in training: [1, 3] has the mean 2 and the variance 1. */
function trained(args: Record<string, unknown>) {
  const layer = new BatchNormalization({ epsilon: 0, momentum: 0.5, ...args } as object);
  const output = tf.tidy(() =>
    (layer.apply(tf.tensor2d(input), { training: true }) as tf.Tensor).arraySync(),
  );
  return { layer, output };
}

function weightsOf(layer: tf.layers.Layer): unknown[] {
  return layer.getWeights().map((weight) => weight.arraySync());
}

test('BatchNormalization normalizes with the batch while it is trained, and remembers it', () => {
  const { layer, output } = trained({});
  expect(output).toEqual([[-1], [1]]);
  // gamma, beta; half of the way from 0 to 2, and from 1 to 1
  expect(weightsOf(layer)).toEqual([[1], [0], [1], [1]]);
});

test('BatchNormalization that is frozen leaves its averages alone and normalizes with them', () => {
  const { layer, output } = trained({ trainable: false });
  expect(output).toEqual(input);
  expect(weightsOf(layer)).toEqual([[1], [0], [0], [1]]);
});

test('BatchNormalization is trained without gamma or beta', () => {
  for (const args of [{ scale: false }, { center: false }, { scale: false, center: false }]) {
    const { layer, output } = trained(args);
    expect(output).toEqual([[-1], [1]]);
    expect(layer.trainableWeights).toHaveLength(2 - Object.keys(args).length);
  }
});

test('BatchNormalization is saved and read again as itself, and leaks nothing', async () => {
  const before = tf.memory().numTensors;
  const layer = new BatchNormalization({ inputShape: [1], trainable: false });
  const x = tf.tensor2d(input);
  const [first, again] = await roundTrip(layer, x);
  expect(again).toEqual(first);
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
