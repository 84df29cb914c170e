import { tf } from '../tensorflow/tf';

const running = new Map<tf.LayersModel, Promise<unknown>>();

/**
 * Asks every training of this process to end after its current batch, and waits until it has. The models keep what
 * they have learned. The notebook's Stop button and Ctrl-C in the terminal end here.
 *
 * @returns how many trainings were stopped
 */
export async function stopTrainings(): Promise<number> {
  const trainings = [...running];
  for (const [model] of trainings) model.stopTraining = true;
  await Promise.allSettled(trainings.map(([, training]) => training));
  return trainings.length;
}

// tfjs keeps no list of its trainings. Sequential models train through the LayersModel inside them, so this sees all.
for (const method of ['fit', 'fitDataset'] as const) {
  const original = tf.LayersModel.prototype[method] as (...args: unknown[]) => Promise<unknown>;
  const recorded = async function (this: tf.LayersModel, ...args: unknown[]): Promise<unknown> {
    const training = original.apply(this, args);
    running.set(this, training);
    try {
      return await training;
    } finally {
      running.delete(this);
    }
  };
  Object.assign(tf.LayersModel.prototype, { [method]: recorded });
}
