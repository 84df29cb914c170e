import { encodeLabels } from '../../../src/images/datasets/imageBatch';
import { tf } from '../../../src/tensorflow/tf';

test('encodeLabels() gives what each loss function takes, and leaks nothing', () => {
  const before = tf.memory().numTensors;
  const binary = encodeLabels([0, 1], 'binary', 2);
  expect([binary.dtype, binary.arraySync()]).toEqual(['float32', [[0], [1]]]);
  const categorical = encodeLabels([2, 0], 'categorical', 3);
  expect([categorical.dtype, categorical.arraySync()]).toEqual([
    'float32',
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
  ]);
  const int = encodeLabels([2, 0], 'int', 3);
  expect([int.dtype, int.arraySync()]).toEqual(['int32', [2, 0]]);
  tf.dispose([binary, categorical, int]);
  expect(tf.memory().numTensors).toBe(before);
});
