import { tf } from '../../src/tensorflow/tf';

test.each<[string, () => tf.Tensor, string]>([
  ['tf.tensor()', () => tf.tensor([[1, 2], [3]]), '[2, 2] from 3 values: it takes 4'],
  ['tf.tensor2d()', () => tf.tensor2d([[1], [2, 3]]), '[2, 1] from 3 values: it takes 2'],
  [
    'tf.tensor() of three dimensions',
    () =>
      tf.tensor([
        [
          [1, 2],
          [3, 4],
        ],
        [[5, 6], [7]],
      ]),
    '[2, 2, 2] from 7 values: it takes 8',
  ],
  [
    'tf.tensor() of texts',
    () => tf.tensor([['a', 'b'], ['c']]),
    '[2, 2] from 3 values: it takes 4',
  ],
  ['tf.add()', () => tf.add([[1, 2], [3]], 1), '[2, 2] from 3 values: it takes 4'],
])('%s refuses rows of different lengths', (_, make, told) => {
  expect(make).toThrow(
    `Cannot make a tensor of the shape ${told}, and each row of a list must be as long as its first`,
  );
});

test.each<[string, () => tf.Tensor, unknown]>([
  ['a number', () => tf.scalar(3), 3],
  [
    'rows',
    () => tf.tensor([[1, 2], new Float32Array([3, 4])]),
    [
      [1, 2],
      [3, 4],
    ],
  ],
  ['a flat list with a shape', () => tf.tensor([1, 2], [2, 1]), [[1], [2]]],
  ['nothing', () => tf.tensor([], [0, 2]), []],
  ['texts', () => tf.tensor([['a'], ['b']]), [['a'], ['b']]],
])('a tensor is made of %s as before', (_, make, values) => {
  expect(make().arraySync()).toEqual(values);
});

test('complex numbers are two values each', () => {
  expect([...tf.complex([1, 2], [3, 4]).dataSync()]).toEqual([1, 3, 2, 4]);
});
