import { nativeLibrary } from '../../../src/tensorflow/native/nativeBackend';
import { tensorFromNative } from '../../../src/tensorflow/native/nativeTensor';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';

afterEach(() => tf.setBackend('tensorflow'));

test.each(['tensorflow', 'cpu'])(
  'tensorFromNative() hands a tensor to tfjs on the backend %s',
  async (name) => {
    const { binding } = nativeLibrary();
    await tf.setBackend(name);
    expect(nativeLibrary().binding).toBe(binding);
    const before = [tf.memory().numTensors, nativeTensors()];
    const id = binding.createTensor([2, 2], binding.TF_FLOAT, Float32Array.of(1, 2, 3, 4));
    const tensor = tensorFromNative(id, [2, 2]);
    expect([tensor.dtype, tensor.arraySync()]).toEqual([
      'float32',
      [
        [1, 2],
        [3, 4],
      ],
    ]);
    tensor.dispose();
    expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  },
);
