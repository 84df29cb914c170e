import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';

test('the gradient of resizing is that of the points that it reads, as in TensorFlow', async () => {
  const sizes: Array<[number, number]> = [
    [9, 6],
    [2, 7],
    [3, 3],
    [5, 1],
  ];
  const script = `
import json, sys, tensorflow as tf
told = []
for method in ['bilinear', 'nearest']:
    for size in json.loads(sys.argv[1]):
        x = tf.Variable(tf.reshape(tf.range(24, dtype='float32'), [2, 3, 2, 2]))
        with tf.GradientTape() as tape:
            y = tf.reduce_sum(tf.image.resize(x, size, method) ** 2)
        told.append(tape.gradient(y, x).numpy().ravel().tolist())
print(json.dumps(told))`;
  const expected = await runPython<number[][]>(script, [JSON.stringify(sizes)]);
  const before = tf.memory().numTensors;
  const ways = [tf.image.resizeBilinear, tf.image.resizeNearestNeighbor];
  const ours = ways.flatMap((resize) =>
    sizes.map((size) =>
      tf.tidy(() => {
        const square = (x: tf.Tensor) =>
          resize(x as tf.Tensor4D, size, false, true)
            .square()
            .sum();
        return Array.from(
          tf
            .grad(square)(tf.range(0, 24).reshape([2, 3, 2, 2]))
            .dataSync(),
        );
      }),
    ),
  );
  ours.forEach((gradient, i) =>
    gradient.forEach((value, k) => expect(value).toBeCloseTo(expected[i]![k]!, 3)),
  );
  expect(tf.memory().numTensors).toBe(before);
});
