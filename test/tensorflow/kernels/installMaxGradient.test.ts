import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

test('what is largest several times shares the gradient of a maximum, as in TensorFlow', async () => {
  const values = [
    [
      [1, 3],
      [3, 3],
      [3, -1],
    ],
    [
      [0, 0],
      [0, 2],
      [0, 2],
    ],
  ];
  const axes = [[1], [0, 2], [0, 1, 2]];
  const script = `
import json, sys, tensorflow as tf
told = []
for axes in json.loads(sys.argv[2]):
    x = tf.Variable(json.loads(sys.argv[1]), dtype='float32')
    with tf.GradientTape() as tape:
        y = tf.reduce_sum(tf.reduce_max(x, axes) ** 2)
    told.append(tape.gradient(y, x).numpy().tolist())
print(json.dumps(told))`;
  const args = [values, axes].map((value) => JSON.stringify(value));
  const expected = await runPython<number[][][][]>(script, args);
  const before = tf.memory().numTensors;
  for (const keepDims of [false, true]) {
    const ours = axes.map((some) =>
      tf.tidy(() => {
        const square = (x: tf.Tensor) => tf.max(x, some, keepDims).square().sum();
        return tf.grad(square)(tf.tensor3d(values)).arraySync();
      }),
    );
    expect(ours).toEqual(expected);
  }
  expect(expected[0]![0]!.map(([first]) => first)).toEqual([0, 3, 3]);
  expect(tf.memory().numTensors).toBe(before);
});
