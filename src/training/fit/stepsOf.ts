import type { tf } from '../../tensorflow/tf';

/**
 * Batches of an epoch: `fitDataset` gives them, where the data set knows; `fit` gives the pictures.
 *
 * @param params what tfjs hands a callback
 * @returns undefined where the data set does not know its length
 */
export function stepsOf({ steps, samples, batchSize }: tf.Callback['params']): number | undefined {
  const count = steps ?? Math.ceil((samples as number) / (batchSize as number));
  // tfjs gives null, 0 or NaN where the data set does not know its length.
  return count && Number.isFinite(count) ? (count as number) : undefined;
}
