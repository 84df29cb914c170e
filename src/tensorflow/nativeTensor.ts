import type { NativeBackend } from './nativeBackend';
import { createTensor } from './tensorId';
import { tf } from './tfjs';

/** TensorFlow's native library, also while tfjs computes on another backend; pictures are decoded by it alone. */
export function nativeLibrary(): NativeBackend {
  return tf.findBackend('tensorflow') as NativeBackend;
}

/**
 * Hands a float32 tensor of the native library to tfjs, whose backend may be another one.
 *
 * @param id the binding's number of the tensor, which is tfjs's from now on
 * @param shape as the library knows it
 * @returns the tensor; the caller disposes it
 */
export function tensorFromNative(id: number, shape: number[]): tf.Tensor {
  const library = nativeLibrary();
  const { binding } = library;
  if (tf.getBackend() === 'tensorflow') {
    return createTensor(library, { id, shape, dtype: binding.TF_FLOAT });
  }
  const values = binding.tensorDataSync(id) as Float32Array;
  binding.deleteTensor(id);
  return tf.tensor(values, shape, 'float32');
}
