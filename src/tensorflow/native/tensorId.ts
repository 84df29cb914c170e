import { attribute, nativeLibrary, type NativeBackend } from './nativeBackend';
import type { tf } from './tfjs';

/** What an op returns of a tensor. */
type TensorMetadata = ReturnType<NativeBackend['binding']['executeOp']>[number];

/** Parts of tfjs-node's backend that its types call private. */
interface BackendInternals {
  tensorMap: { get(dataId: object): TensorData };
  getInputTensorIds(tensors: tf.TensorInfo[]): number[];
  createOutputTensor(metadata: TensorMetadata): tf.Tensor;
}

/** What the backend knows of a tensor's values. */
export interface TensorData {
  /** The binding's number for the tensor, once its values are TensorFlow's. */
  id: number;
  /** How many tensors of tfjs share the values. */
  refCount: number;
  /** The values, as long as they are JavaScript's. */
  values?: unknown;
}

/** The binding's number for a tensor; its values are handed over to TensorFlow if they were not yet. */
export function tensorId(tensor: tf.Tensor): number {
  tensor.throwIfDisposed();
  return (nativeLibrary() as unknown as BackendInternals).getInputTensorIds([tensor])[0]!;
}

/** A tensor of tfjs for one that an op returned; the caller disposes it. */
export function createTensor(metadata: TensorMetadata): tf.Tensor {
  return (nativeLibrary() as unknown as BackendInternals).createOutputTensor(metadata);
}

/** What the backend knows of a tensor's values. */
export function dataOf(tensor: tf.Tensor): TensorData {
  return (nativeLibrary() as unknown as BackendInternals).tensorMap.get(tensor.dataId);
}

/** A tensor with the same values and a number of its own; the values are not copied. The caller disposes it. */
export function aliasOf(tensor: tf.Tensor): tf.Tensor {
  const attributes = [attribute.type('T', nativeLibrary().getDTypeInteger(tensor.dtype))];
  const [alias] = nativeLibrary().binding.executeOp('Identity', attributes, [tensorId(tensor)], 1);
  return createTensor(alias!);
}
