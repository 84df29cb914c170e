import { opAttributes, type NativeBackend, type OpAttribute } from './nativeBackend';
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

/**
 * Runs an op with one result.
 *
 * @param inputs the binding's numbers of tensors
 * @returns the number of a new one, which the caller deletes
 */
export function runOp(op: string, attributes: OpAttribute[], inputs: number[]): number {
  return nativeLibrary().binding.executeOp(op, attributes, inputs, 1)[0]!.id;
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
  const { binding } = nativeLibrary();
  const { type } = opAttributes(nativeLibrary());
  // The binding gives no bytes out, but numbers of four bytes.
  const four = runOp('Bitcast', [type('T', UINT8), type('type', binding.TF_INT32)], [id]);
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
  const { float, type: ofType } = opAttributes(nativeLibrary());
  const [from, to] =
    type === 'uint8'
      ? [float('SrcT'), ofType('DstT', UINT8)]
      : [ofType('SrcT', UINT8), float('DstT')];
  return runOp('Cast', [from, to], [id]);
}

/**
 * Stacks tensors of one shape and type along a new first axis.
 *
 * @param ids the binding's numbers
 * @param type of all of them
 * @returns the binding's number of a new tensor of this type, which the caller deletes
 */
export function stackTensors(ids: number[], type: 'float32' | 'uint8'): number {
  const { float, int, type: ofType } = opAttributes(nativeLibrary());
  const dtype = type === 'uint8' ? ofType('T', UINT8) : float('T');
  return runOp('Pack', [int('N', ids.length), dtype], ids);
}

/**
 * A uint8 tensor of the same values.
 *
 * @param id the binding's number of a float32 tensor
 * @returns the number of a new one, which the caller deletes; undefined where the values are not whole or not in 0–255
 */
export function toBytes(id: number): number | undefined {
  const bytes = castTensor(id, 'uint8');
  const back = castTensor(bytes, 'float32');
  const different = runOp('NotEqual', [opAttributes(nativeLibrary()).float('T')], [id, back]);
  const isSame = !(nativeLibrary().binding.tensorDataSync(different) as Uint8Array).includes(1);
  for (const each of [back, different]) deleteNative(each);
  if (isSame) return bytes;
  deleteNative(bytes);
  return undefined;
}
