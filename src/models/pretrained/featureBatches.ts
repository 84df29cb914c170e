import seedrandom from 'seedrandom';
import { chunks } from '../../images/datasets/chunks';
import type { LabelMode } from '../../images/datasets/datasetOptions';
import { encodeLabels } from '../../images/datasets/imageBatch';
import { PassOrders } from '../../images/datasets/passOrders';
import { tf } from '../../tensorflow/tf';

/** Features with the labels of their pictures. */
export interface LabelledFeatures {
  /** `[n, numbers]`. */
  features: tf.Tensor2D;
  labels: readonly number[];
}

/** As `ImageBatch`, with features. */
export type FeatureBatch = { xs: tf.Tensor2D; ys: tf.Tensor };

/** How features are dealt out. */
export interface FeatureBatchOptions {
  batchSize: number;
  labelMode: LabelMode;
  classes: number;
  /** Of the orders; without one the order of the pictures is kept. */
  seed?: number | undefined;
}

/**
 * Deals features out in batches, as `imageDatasetFromFiles` does with pictures: with a seed in the order that belongs to the
 * epoch.
 *
 * @param data its features stay the caller's, for as long as batches are read
 * @returns batches `{ xs: [n, numbers], ys }`; who takes one disposes it
 *
 * @example
 * featureBatches({ features, labels: [0, 1] }, { batchSize: 2, labelMode: 'binary', classes: 2 });
 */
export function featureBatches(
  { features, labels }: LabelledFeatures,
  { batchSize, labelMode, classes, seed }: FeatureBatchOptions,
): tf.data.Dataset<FeatureBatch> {
  const rows = labels.map((_, row) => row);
  const orders = new PassOrders(rows, () => seedrandom.alea(String(seed)));
  async function* batches(): AsyncGenerator<FeatureBatch> {
    const pass = seed === undefined ? rows : orders.next();
    for (const some of chunks(pass, batchSize)) {
      const xs = tf.tidy(() => tf.gather(features, tf.tensor1d(some, 'int32')));
      const chosen = some.map((row) => labels[row]!);
      yield { xs, ys: encodeLabels(chosen, labelMode, classes) };
    }
  }
  return Object.assign(tf.data.generator(batches), { size: Math.ceil(rows.length / batchSize) });
}
