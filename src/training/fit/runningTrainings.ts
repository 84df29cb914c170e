import { tf } from '../../tensorflow/tf';

const running = new Map<Promise<unknown>, tf.LayersModel>();

/**
 * The trainings of this process that have not ended: what `fit` or `fitDataset` returned, and the model.
 *
 * A Sequential model trains through the LayersModel inside it, and that one stands here; a callback's `model` is the
 * same.
 */
export function runningTrainings(): Array<[training: Promise<unknown>, model: tf.LayersModel]> {
  return [...running];
}

// tfjs keeps no list of its trainings.
for (const method of ['fit', 'fitDataset'] as const) {
  const original = tf.LayersModel.prototype[method] as (...args: unknown[]) => Promise<unknown>;
  const recorded = async function (this: tf.LayersModel, ...args: unknown[]): Promise<unknown> {
    const training = original.apply(this, args);
    running.set(training, this);
    try {
      return await training;
    } finally {
      running.delete(training);
    }
  };
  Object.assign(tf.LayersModel.prototype, { [method]: recorded });
}
