import { nativeBackend } from '../../tensorflow/native/nativeBackend';
import type { tf } from '../../tensorflow/tf';

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
