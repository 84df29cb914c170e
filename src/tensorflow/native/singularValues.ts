import { attribute, nativeLibrary } from './nativeBackend';
import { deleteNative, nativeTensor, nativeValues } from './nativeTensor';

/**
 * Decomposes a matrix `[count, length]` with the op `Svd`.
 *
 * @returns the singular values, the largest first, and the left singular vectors, `[count, width]`
 */
export function singularValues(matrix: Float32Array, count: number, length: number) {
  const input = nativeTensor(matrix, [count, length]);
  try {
    const attributes = [
      attribute.bool('compute_uv', true),
      attribute.bool('full_matrices', false),
      attribute.float('T'),
    ];
    const results = nativeLibrary().binding.executeOp('Svd', attributes, [input], 3); // s, u, v
    const [values, left] = results.map(({ id }) => {
      const data = nativeValues(id);
      deleteNative(id);
      return data;
    });
    return { values: values!, left: left!, width: results[1]!.shape[1]! };
  } finally {
    deleteNative(input);
  }
}
