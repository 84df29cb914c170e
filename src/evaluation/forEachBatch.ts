import { tf } from '../tensorflow/tf';

/**
 * Does something with each batch, and disposes it.
 *
 * @param work may wait; the next batch comes after it
 */
export async function forEachBatch<T extends tf.TensorContainer>(
  batches: tf.data.Dataset<T>,
  work: (batch: T) => Promise<void>,
): Promise<void> {
  const iterator = await batches.iterator();
  for (;;) {
    const { value, done } = await iterator.next();
    if (done) return;
    try {
      await work(value);
    } finally {
      tf.dispose(value);
    }
  }
}
