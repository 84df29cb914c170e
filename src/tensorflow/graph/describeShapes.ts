import type { tf } from '../native/tfjs';

/**
 * A name for batches of the same shapes and types, of characters that a node's name may have.
 *
 * @param use stands before it
 * @param batch a tensor that is missing is part of the name
 */
export function describeShapes(use: string, batch: Array<tf.Tensor | null | undefined>): string {
  const parts = batch.map((tensor) =>
    tensor == null ? 'none' : [tensor.dtype, ...tensor.shape].join('x'),
  );
  return [use, ...parts].join('_');
}
