import { tf } from '../../../src/tensorflow/native/tfjs';
import { nativeOps, nativeTensors } from '../../support/nativeOps';
import { expectTensorsClose, onStockKernels } from '../../support/stockKernels';

type Gradients = [tf.Tensor, tf.Tensor];

const addGradients = (a: tf.Tensor, b: tf.Tensor, dy: tf.Tensor) =>
  tf.grads((x: tf.Tensor, y: tf.Tensor) => tf.add(x, y))([a, b], dy) as Gradients;

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

test.each([
  [[4, 3], [3]],
  [[1, 2], [2]],
  [[5, 1], [7]],
  [[2, 5, 4], [4]],
  [[3, 6, 5, 16], [16]],
  [[10, 40, 40, 32], [32]],
  [[2, 3, 2, 2, 5], [5]],
])('the gradients of %j + bias %j equal those of tfjs', (shape, bias) => {
  const [a, b] = [normal(shape, 1), normal(bias, 2)];
  const dy = normal(tf.broadcastTo(b, tf.add(a, b).shape).shape, 3);
  let actual!: Gradients;
  expect(nativeOps(() => (actual = addGradients(a, b, dy)))).toContain('BiasAddGrad');
  const expected = onStockKernels(() => addGradients(a, b, dy));
  expectTensorsClose(actual[0], expected[0]);
  expectTensorsClose(actual[1], expected[1]);
});

test.each([
  ['two vectors', [3], [3]],
  ['a bias of one number', [4, 1], [1]],
  ['one number for all', [4, 3], [1]],
  ['a scalar', [4, 3], []],
  ['a row with two axes', [4, 3], [1, 3]],
  ['equal shapes', [4, 3], [4, 3]],
  ['a bias on the left', [3], [4, 3]],
  ['an empty batch', [0, 3], [3]],
])('the gradients of a sum with %s are left to tfjs', (_, left, right) => {
  const [a, b] = [normal(left, 1), normal(right, 2)];
  const dy = normal(tf.add(a, b).shape, 3);
  let actual!: Gradients;
  expect(nativeOps(() => (actual = addGradients(a, b, dy)))).not.toContain('BiasAddGrad');
  const expected = onStockKernels(() => addGradients(a, b, dy));
  expectTensorsClose(actual[0], expected[0]);
  expectTensorsClose(actual[1], expected[1]);
});

test('a bias that is used twice gets both gradients', () => {
  const bias = tf.tensor1d([1, 2]);
  const x = tf.tensor2d([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  const gradient = tf.grad((b: tf.Tensor) => x.add(b).mul(x.add(b.clone())))(bias);
  // d/db Σ (x + b)² = 2 Σ (x + b)
  expect(Array.from(gradient.dataSync())).toEqual([24, 36]);
});

test('the gradient of the gradient of a bias equals that of tfjs', () => {
  const [x, bias] = [normal([3, 4], 1), normal([4], 2)];
  const second = () =>
    tf.grad((b1: tf.Tensor) =>
      tf
        .grad((b2: tf.Tensor) => x.add(b2).pow(3))(b1)
        .square(),
    )(bias);
  expect(nativeOps(() => void second())).toContain('BiasAddGrad');
  expectTensorsClose(second(), onStockKernels(second));
});

test('the gradient of a bias keeps no tensor', () => {
  const [a, b] = [normal([8, 4], 1), normal([4], 2)];
  tf.dispose(addGradients(a, b, a));
  const before = [tf.memory().numTensors, nativeTensors()];
  tf.dispose(addGradients(a, b, a));
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});
