import { opAttributes, type NativeBackend } from './nativeBackend';
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

/** TF_UINT8 of TensorFlow's C API, tf_datatype.h; the binding does not name it. */
export const UINT8 = 4;

/**
 * Makes a tensor of another type from one of the native library.
 *
 * @param id the binding's number of a float32 or uint8 tensor
 * @param type the other of the two
 * @returns the binding's number of a new tensor, which the caller deletes
 */
export function castTensor(id: number, type: 'float32' | 'uint8'): number {
  const library = nativeLibrary();
  const attribute = opAttributes(library);
  const attributes =
    type === 'uint8'
      ? [attribute.float('SrcT'), attribute.type('DstT', UINT8)]
      : [attribute.type('SrcT', UINT8), attribute.float('DstT')];
  return library.binding.executeOp('Cast', attributes, [id], 1)[0]!.id;
}

/**
 * Stacks tensors of one shape and type along a new first axis.
 *
 * @param ids the binding's numbers
 * @param type of all of them
 * @returns the binding's number of a new tensor of this type, which the caller deletes
 */
export function stackTensors(ids: number[], type: 'float32' | 'uint8'): number {
  const library = nativeLibrary();
  const { binding } = library;
  const dtype = type === 'uint8' ? UINT8 : binding.TF_FLOAT;
  const attributes = [
    { name: 'N', type: binding.TF_ATTR_INT, value: ids.length },
    opAttributes(library).type('T', dtype),
  ];
  return binding.executeOp('Pack', attributes, ids, 1)[0]!.id;
}
