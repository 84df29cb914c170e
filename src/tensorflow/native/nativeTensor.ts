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

/**
 * Makes a tensor of the native library.
 *
 * @returns the binding's number of it, which the caller deletes
 */
export function nativeTensor(values: Float32Array | Uint8Array, shape: number[]): number {
  const { binding } = nativeLibrary();
  const type = values instanceof Float32Array ? binding.TF_FLOAT : UINT8;
  return binding.createTensor(shape, type, values);
}

/** Frees a tensor of the native library, by the binding's number. */
export function deleteNative(id: number): void {
  nativeLibrary().binding.deleteTensor(id);
}

/** The values of a float32 tensor, by the binding's number. */
export function nativeValues(id: number): Float32Array {
  return nativeLibrary().binding.tensorDataSync(id) as Float32Array;
}

/** The values of a uint8 tensor `[…, 4]`, by the binding's number. */
export function nativeBytes(id: number): Uint8Array {
  const library = nativeLibrary();
  const { binding } = library;
  const { type } = opAttributes(library);
  const types = [type('T', UINT8), type('type', binding.TF_INT32)];
  // The binding gives no bytes out, but numbers of four bytes.
  const four = binding.executeOp('Bitcast', types, [id], 1)[0]!.id;
  const { buffer, byteOffset, byteLength } = binding.tensorDataSync(four) as Int32Array;
  binding.deleteTensor(four);
  return new Uint8Array(buffer, byteOffset, byteLength);
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
  const { int, type: ofType } = opAttributes(library);
  const attributes = [int('N', ids.length), ofType('T', dtype)];
  return binding.executeOp('Pack', attributes, ids, 1)[0]!.id;
}

/**
 * A uint8 tensor of the same values.
 *
 * @param id the binding's number of a float32 tensor
 * @returns the number of a new one, which the caller deletes; undefined where the values are not whole or not in 0–255
 */
export function toBytes(id: number): number | undefined {
  const library = nativeLibrary();
  const { binding } = library;
  const bytes = castTensor(id, 'uint8');
  const back = castTensor(bytes, 'float32');
  const type = opAttributes(library).float('T');
  const [different] = binding.executeOp('NotEqual', [type], [id, back], 1);
  const isSame = !(binding.tensorDataSync(different!.id) as Uint8Array).includes(1);
  for (const each of [back, different!.id]) binding.deleteTensor(each);
  if (isSame) return bytes;
  binding.deleteTensor(bytes);
  return undefined;
}
