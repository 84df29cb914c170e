import { checkOptionNames } from '../../errors/checkOptionNames';
import { show } from '../../errors/show';
import { tf } from '../../tensorflow/tf';
import { setLearningRate } from '../fit/setLearningRate';

class ScheduleLearningRate extends tf.Callback {
  constructor(private readonly schedule: (epoch: number) => number) {
    super();
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    const rate = this.schedule(epoch);
    if (!(rate > 0 && rate < Infinity)) {
      throw new RangeError(
        `Cannot train epoch ${epoch + 1}: the schedule must give a learning rate above 0, got ${rate}`,
      );
    }
    setLearningRate(this.model.optimizer, rate);
  }
}

/**
 * A callback that sets the learning rate before each epoch. It depends on the epoch alone, so that a resumed training has
 * the same rates as one that ran through.
 *
 * Keras' `LearningRateScheduler` hands its schedule the present rate as well; fast.ai's `ParamScheduler` sets a rate before
 * each batch. What Keras and fast.ai call `ReduceLROnPlateau` is this with a schedule that follows the validation loss:
 * docs/names-from-keras-and-fastai.md shows it.
 *
 * @param options.schedule gives the rate, above 0; epochs are counted from 0, as tfjs and Keras count them
 * @returns a callback for `fit` and `fitDataset`; during training it throws a RangeError for a rate that is not above 0
 * @example
 * const halved = scheduleLearningRate({ schedule: (epoch) => 0.001 * 0.5 ** Math.floor(epoch / 5) }); // halved every 5 epochs
 * await model.fitDataset(train, { epochs: 20, callbacks: [halved] });
 */
export function scheduleLearningRate(options: {
  schedule: (epoch: number) => number;
}): tf.Callback {
  checkOptionNames('Cannot schedule the learning rate', options, { schedule: true });
  const { schedule } = options;
  if (typeof schedule !== 'function') {
    throw new TypeError(
      `Cannot schedule the learning rate: a function of the epoch is required, got ${show(schedule)}`,
    );
  }
  return new ScheduleLearningRate(schedule);
}
