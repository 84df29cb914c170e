import { nativeBackend } from './nativeBackend';
import { dataOf } from './tensorId';
import type { tf } from './tfjs';

/** The values of a tensor, or what reads them. */
export type TensorValues = Float32Array | (() => Float32Array);

/**
 * Reads a tensor's values; where TensorFlow's library holds them, only when they are written, so that a model and its
 * optimizer are not in memory twice.
 *
 * @param tensor must not be disposed before
 */
export async function tensorValues(tensor: tf.Tensor): Promise<TensorValues> {
  return nativeBackend() ? () => tensor.dataSync<'float32'>() : tensor.data<'float32'>();
}

/** Whether values that were read of a tensor are tfjs's own: what is still in JavaScript it gives out uncopied. */
export function isHeldByTfjs(tensor: tf.Tensor, values: unknown): boolean {
  return nativeBackend() === undefined || dataOf(tensor).values === values;
}
