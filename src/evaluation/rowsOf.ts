import type { tf } from '../tensorflow/tf';

/**
 * Reads what a tensor holds for each picture of a batch.
 *
 * @param batch `[n]` or `[n, …]`; it is disposed
 */
export async function rowsOf(batch: tf.Tensor): Promise<number[][]> {
  const values = await batch.data().finally(() => batch.dispose());
  const [count] = batch.shape as [number];
  const width = values.length / count;
  return Array.from({ length: count }, (_, i) =>
    Array.from(values.slice(i * width, (i + 1) * width)),
  );
}
