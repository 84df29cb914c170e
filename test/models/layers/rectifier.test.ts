import { Rectifier } from '../../../src/models/layers/rectifier';
import { tf } from '../../../src/tensorflow/tf';
import { roundTrip } from './roundTrip';

// keras.layers.ReLU(max_value=2, negative_slope=0.5, threshold=1), by hand from its formula:
// below 1 half the distance to 1, from 1 to 2 the number itself, above that 2.
const input = [-3, 0, 0.5, 1.5, 1.75, 5];
const args = { maxValue: 2, negativeSlope: 0.5, threshold: 1 };

function outputOf(layer: tf.layers.Layer): unknown {
  // The sum makes 0 of -0.
  return tf.tidy(() => (layer.apply(tf.tensor1d(input)) as tf.Tensor).add(0).arraySync());
}

test('Rectifier computes what ReLU of Keras does with all its arguments', () => {
  expect(outputOf(new Rectifier(args))).toEqual([-2, -0.5, -0.25, 1.5, 1.75, 2]);
  const relu = new Rectifier({ maxValue: null, negativeSlope: 0, threshold: 0 });
  expect(outputOf(relu)).toEqual([0, 0, 0.5, 1.5, 1.75, 5]);
});

test('Rectifier has the slope of each part as its gradient', () => {
  tf.tidy(() => {
    const slopes = tf.grad((x) => new Rectifier(args).apply(x) as tf.Tensor)(tf.tensor1d(input));
    expect(slopes.arraySync()).toEqual([0.5, 0.5, 0.5, 1, 1, 0]);
  });
});

test('Rectifier is saved with its arguments, and leaks nothing', async () => {
  const before = tf.memory().numTensors;
  const x = tf.tensor2d([input]);
  const [first, again] = await roundTrip(new Rectifier({ ...args, inputShape: [6] }), x);
  expect(again).toEqual(first);
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
