import { attribute, nativeLibrary, type OpAttribute } from './nativeBackend';
import { createTensor } from './tensorId';
import { tf } from './tfjs';

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
    return createTensor({ id, shape, dtype: binding.TF_FLOAT });
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
export function nativeTensor(
  values: Float32Array | Int32Array | Uint8Array,
  shape = [values.length],
): number {
  const { binding } = nativeLibrary();
  const { TF_FLOAT, TF_INT32 } = binding;
  const type =
    values instanceof Float32Array ? TF_FLOAT : values instanceof Int32Array ? TF_INT32 : UINT8;
  return binding.createTensor(shape, type, values);
}

/** As {@link nativeTensor}, of one whole number of 64 bits below 2^32. */
export function nativeLong(value: number): number {
  const { binding } = nativeLibrary();
  // Two halves of 32 bits make one of 64.
  return binding.createTensor([], binding.TF_INT64, Int32Array.of(value, 0));
}

/** As {@link nativeTensor}, of texts. */
export function nativeStrings(values: Buffer[], shape = [values.length]): number {
  const { binding } = nativeLibrary();
  return binding.createTensor(shape, binding.TF_STRING, values as unknown as Uint8Array);
}

/**
 * Makes a tensor of TensorFlow without giving it values; it takes memory only where something is written into it.
 *
 * @returns the binding's number, shape and type of a float32 tensor; the caller deletes it
 */
export function emptyTensor(shape: number[]) {
  const attributes = [attribute.float('dtype'), attribute.bool('init', false)];
  const size = nativeTensor(Int32Array.from(shape));
  try {
    return nativeLibrary().binding.executeOp('Empty', attributes, [size], 1)[0]!;
  } finally {
    deleteNative(size);
  }
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
  // The binding gives no bytes out, but numbers of four bytes.
  const four = runOp(
    'Bitcast',
    [attribute.type('T', UINT8), attribute.type('type', binding.TF_INT32)],
    [id],
  );
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
  const [from, to] =
    type === 'uint8'
      ? [attribute.float('SrcT'), attribute.type('DstT', UINT8)]
      : [attribute.type('SrcT', UINT8), attribute.float('DstT')];
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
  const dtype = type === 'uint8' ? attribute.type('T', UINT8) : attribute.float('T');
  return runOp('Pack', [attribute.int('N', ids.length), dtype], ids);
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
  const different = runOp('NotEqual', [attribute.float('T')], [id, back]);
  const isSame = !(nativeLibrary().binding.tensorDataSync(different) as Uint8Array).includes(1);
  for (const each of [back, different]) deleteNative(each);
  if (isSame) return bytes;
  deleteNative(bytes);
  return undefined;
}
