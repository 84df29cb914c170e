import { tf } from '../../../src/tensorflow/native/tfjs';
import { nativeOps, nativeTensors } from '../../support/nativeOps';
import { expectTensorsClose, onStockKernels } from '../../support/stockKernels';

const reluGradient = (x: tf.Tensor, dy: tf.Tensor) =>
  tf.grad((input: tf.Tensor) => tf.relu(input))(x, dy);

test.each([[[]], [[5]], [[0]], [[0, 3]], [[3, 4]], [[2, 3, 4]], [[2, 5, 6, 3]], [[1, 2, 3, 2, 2]]])(
  'the gradient of relu equals that of tfjs for shape %j',
  (shape) => {
    const x = tf.randomNormal(shape, 0, 1, 'float32', 1);
    const dy = tf.randomNormal(shape, 0, 1, 'float32', 2);
    let dx!: tf.Tensor;
    const ops = nativeOps(() => (dx = reluGradient(x, dy)));
    expect(ops).toContain('ReluGrad');
    expect(ops).not.toContain('Select');
    expectTensorsClose(
      dx,
      onStockKernels(() => reluGradient(x, dy)),
      0,
    );
  },
);

test('relu passes no gradient at 0, and -0 and infinities as tfjs', () => {
  const x = tf.tensor1d([0, -0, Infinity, -Infinity, 2e-38, -2e-38]);
  const dy = tf.tensor1d([1, 2, 3, 4, 5, 6]);
  expect(Array.from(reluGradient(x, dy).dataSync())).toEqual([0, 0, 3, 0, 5, 0]);
  expect(Array.from(onStockKernels(() => reluGradient(x, dy)).dataSync())).toEqual([
    0, 0, 3, 0, 5, 0,
  ]);
});

test('the gradient of relu is right for a clone and for one x that is used twice', () => {
  const x = tf.tensor1d([-1, 2]);
  const twice = tf.grad((input: tf.Tensor) =>
    tf.relu(input.clone()).add(tf.relu(input)).mul(input),
  );
  expect(Array.from(twice(x).dataSync())).toEqual([0, 8]);
});

test('the gradient of the gradient of relu equals that of tfjs', () => {
  const x = tf.randomNormal([4, 5], 0, 1, 'float32', 3);
  const second = () =>
    tf.grad((x1: tf.Tensor) =>
      tf
        .grad((x2: tf.Tensor) => tf.relu(x2).square().mul(x2))(x1)
        .square(),
    )(x);
  expectTensorsClose(second(), onStockKernels(second), 1e-6);
  expect(nativeOps(() => second())).toContain('ReluGrad');
});

test('the gradient of relu by dy, the upstream gradient, equals that of tfjs', () => {
  const x = tf.tensor1d([-1, 2, 3]);
  const byUpstream = () =>
    tf.grad((dy: tf.Tensor) => tf.grad((input: tf.Tensor) => tf.relu(input))(x, dy))(tf.ones([3]));
  expect(Array.from(byUpstream().dataSync())).toEqual([0, 1, 1]);
  expectTensorsClose(byUpstream(), onStockKernels(byUpstream), 0);
});

test('the gradient of relu of whole numbers is left to tfjs, which has none', () => {
  const x = tf.tensor1d([-1, 2], 'int32');
  const run = () => expect(() => reluGradient(x, tf.tensor1d([3, 4]))).toThrow('IsNan');
  expect(nativeOps(run)).not.toContain('ReluGrad');
});

test('the gradient of relu is left to tfjs on a backend without the native library', async () => {
  jest.spyOn(console, 'warn').mockImplementation(); // tfjs advertises tfjs-node
  await tf.setBackend('cpu');
  try {
    expect(Array.from(reluGradient(tf.tensor1d([-1, 2]), tf.tensor1d([3, 4])).dataSync())).toEqual([
      0, 4,
    ]);
  } finally {
    await tf.setBackend('tensorflow');
  }
});

test('the gradient of relu keeps no tensor', () => {
  const x = tf.randomNormal([8, 8]);
  reluGradient(x, x).dispose();
  const before = [tf.memory().numTensors, nativeTensors()];
  reluGradient(x, x).dispose();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});
