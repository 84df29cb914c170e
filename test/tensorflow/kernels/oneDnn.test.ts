import { hasOneDnn, oneDnnLabel, withoutOneDnn } from '../../../src/tensorflow/kernels/oneDnn';
import { nativeBackend, type NativeBackend } from '../../../src/tensorflow/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';
import { nativeOps } from '../../support/nativeOps';

const backend = nativeBackend()!;
const works = () => {};

test('withoutOneDnn() leaves max-pooling to TensorFlow, and only while it runs', () => {
  const x = tf.ones<tf.Rank.R4>([1, 4, 4, 1]);
  const pool = () => tf.grad((t: tf.Tensor) => tf.maxPool(t as tf.Tensor4D, 2, 2, 'same'))(x);
  expect(nativeOps(() => withoutOneDnn(pool))).not.toContain('_MklNativeMaxPoolGrad');
  expect(() =>
    withoutOneDnn(() => {
      throw new Error('half-way');
    }),
  ).toThrow('half-way');
  expect(hasOneDnn(backend, 'an op', works)).toBe(true);
  expect(withoutOneDnn(() => hasOneDnn(backend, 'an op', works))).toBe(false);
});

test('hasOneDnn() is false on a GPU, which has none of these ops', () => {
  const onGpu = Object.create(backend, { isUsingGpuDevice: { value: true } }) as NativeBackend;
  expect(hasOneDnn(onGpu, 'an op', works)).toBe(false);
});

test('oneDnnLabel() is the attribute under which TensorFlow finds these ops', () => {
  expect(oneDnnLabel(backend)).toMatchObject({ name: '_kernel', value: 'MklNameChangeOp' });
});
