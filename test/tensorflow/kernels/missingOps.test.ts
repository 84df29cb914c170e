import { kerasAdam } from '../../../src/tensorflow/kerasAdam';
import { tf } from '../../../src/tensorflow/tf';
import { nativeOps, nativeTensors } from '../../support/nativeOps';

// Whether an op is there is asked once a process, so these tests are a file of their own, one test for each op.

test('max-pooling is left to tfjs where oneDNN has no op for its gradient, and that is asked once', () => {
  const x = tf.tensor4d([1, 3, 2, 3], [1, 2, 2, 1]);
  let dx!: tf.Tensor;
  const train = () => {
    dx = tf.grad((t: tf.Tensor) => tf.maxPool(t as tf.Tensor4D, 2, 2, 'same'))(x);
  };
  const ops = nativeOps(train, ['_MklNativeMaxPoolGrad']);
  expect(ops).toEqual(expect.arrayContaining(['MaxPool', 'MaxPoolGrad']));
  expect(ops.filter((op) => op === '_MklNativeMaxPool')).toHaveLength(1);
  expect(Array.from(dx.dataSync())).toEqual([0, 1, 0, 0]);
  expect(nativeOps(train)).not.toContain('_MklNativeMaxPool');
});

test('a convolution is left to tfjs where oneDNN has no op for it', () => {
  const op = '_MklNativeConv2DWithBias';
  const layer = tf.layers.conv2d({ filters: 1, kernelSize: 1, kernelInitializer: 'ones' });
  const x = tf.ones([1, 2, 2, 3]);
  let dx!: tf.Tensor;
  const train = () => {
    dx = tf.grad((t: tf.Tensor) => layer.apply(t) as tf.Tensor)(x);
  };
  expect(nativeOps(train, [op])).toContain('Conv2D');
  expect(Array.from(dx.dataSync())).toEqual(Array(12).fill(1));
  expect(nativeOps(train)).not.toContain(op);
});

test("Adam steps by tfjs's own ops where TensorFlow has no op for it, and leaves nothing behind", () => {
  const op = 'ResourceApplyAdam';
  const variable = tf.variable(tf.scalar(1));
  const gradient = tf.scalar(1);
  const optimizer = kerasAdam(0.1);
  const step = () => optimizer.applyGradients([{ name: variable.name, tensor: gradient }]);
  expect(nativeOps(step, [op])).toContain('Sqrt');
  expect(variable.dataSync()[0]).toBeCloseTo(0.9, 5);
  const before = nativeTensors();
  expect(nativeOps(step)).not.toContain(op);
  expect(nativeTensors()).toBe(before);
});
