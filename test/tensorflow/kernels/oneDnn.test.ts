import { hasOneDnn, oneDnnLabel } from '../../../src/tensorflow/kernels/oneDnn';
import { nativeBackend, type NativeBackend } from '../../../src/tensorflow/native/nativeBackend';

const backend = nativeBackend()!;
const works = () => {};

test('hasOneDnn() is false on a GPU, which has none of these ops', () => {
  const onGpu = Object.create(backend, { isUsingGpuDevice: { value: true } }) as NativeBackend;
  expect(hasOneDnn(onGpu, 'an op', works)).toBe(false);
  expect(hasOneDnn(backend, 'an op', works)).toBe(true);
});

test('oneDnnLabel() is the attribute under which TensorFlow finds these ops', () => {
  expect(oneDnnLabel()).toMatchObject({ name: '_kernel', value: 'MklNameChangeOp' });
});
