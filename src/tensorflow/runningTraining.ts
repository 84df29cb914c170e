import { AsyncLocalStorage } from 'node:async_hooks';
import { installer } from './native/installer';
import { tf } from './native/tfjs';

/** A training that runs; the same object from its beginning to its end. */
export interface RunningTraining {
  /** The epoch that it makes now, from 0; one that is resumed goes on counting. */
  epoch: number;
}

const trainings = new AsyncLocalStorage<RunningTraining>();

/** The training by `fitDataset` for which the caller works, however deep below; undefined where there is none. */
export function runningTraining(): RunningTraining | undefined {
  return trainings.getStore();
}

/**
 * Lets what `fitDataset` calls, such as a dataset, know the epoch by {@link runningTraining}. `SMILE_STOCK_KERNELS=1` leaves
 * tfjs as it is: then a dataset counts its passes alone.
 */
export const installTrainingEpoch = installer(() => {
  const { prototype } = tf.LayersModel;
  const { fitDataset } = prototype;
  prototype.fitDataset = function (this: tf.LayersModel, dataset, args) {
    const training = { epoch: args?.initialEpoch ?? 0 };
    return trainings.run(training, () => fitDataset.call(this, dataset, args));
  } as typeof fitDataset;
  // tfjs puts one into every training, behind the callbacks that it was given.
  tf.History.prototype.onEpochBegin = async (epoch) => {
    const training = runningTraining();
    if (training) training.epoch = epoch;
  };
});
