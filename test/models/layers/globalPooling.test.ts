import { GlobalAverage, GlobalMax } from '../../../src/models/layers/globalPooling';
import { tf } from '../../../src/tensorflow/tf';
import { roundTrip } from './roundTrip';

// One picture of 1×2 pixels with two channels.
const input = [[[[1, 5], [3, -1]]]]; // prettier-ignore

test.each([
  ['GlobalAverage', GlobalAverage, [2, 2]],
  ['GlobalMax', GlobalMax, [3, 5]],
])('%s keeps height and width as 1, is saved, and leaks nothing', async (_, Layer, expected) => {
  const before = tf.memory().numTensors;
  const layer = new Layer({ inputShape: [1, 2, 2] });
  const x = tf.tensor4d(input);
  expect(await roundTrip(layer, x)).toEqual([[[[expected]]], [[[expected]]]]);
  expect(layer.outputShape).toEqual([null, 1, 1, 2]);
  x.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('GlobalAverage passes an equal part of the gradient to each pixel, GlobalMax all to the largest', () => {
  tf.tidy(() => {
    const slopes = [GlobalAverage, GlobalMax].map((Layer) =>
      tf
        .grad((x) => new Layer({}).apply(x) as tf.Tensor)(tf.tensor4d(input))
        .arraySync(),
    );
    expect(slopes).toEqual([
      [[[[0.5, 0.5], [0.5, 0.5]]]],
      [[[[0, 1], [1, 0]]]],
    ]); // prettier-ignore
  });
});
