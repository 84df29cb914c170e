import { installKernels } from '../../../src/tensorflow/kernels/installKernels';
import { tf } from '../../../src/tensorflow/tfjs';
import { nativeOps } from '../../support/nativeOps';

// Whether an op is there is asked once a process, so this is a file of its own.
test('max-pooling is left to tfjs where oneDNN has no op for its gradient, and that is asked once', () => {
  installKernels();
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
