import { ORDER } from '../../tensorflow/installCallbackOrder';
import { tf } from '../../tensorflow/tf';

/**
 * Measures how long a training step takes, counted as Keras' `ProgbarLogger` prints it: the time of whole epochs, with the
 * loading of their pictures and the validation, shared out over their steps. fast.ai's `Recorder` shows the time of an epoch.
 * It stands first among the callbacks, so that what the others do after an epoch does not count.
 *
 * @example
 * const clock = new StepClock();
 * await model.fitDataset(train, { epochs: 20, callbacks: [clock] });
 * clock.msPerStep;
 */
export class StepClock extends tf.Callback {
  readonly order = ORDER.clock;
  private begun = 0;
  private stepsOfEpoch = 0;
  private steps = 0;
  private milliseconds = 0;

  /** Mean over the finished epochs; NaN before the first. */
  get msPerStep(): number {
    return this.milliseconds / this.steps;
  }

  override async onEpochBegin(): Promise<void> {
    this.stepsOfEpoch = 0;
    this.begun = performance.now();
  }

  override async onBatchEnd(): Promise<void> {
    this.stepsOfEpoch++;
  }

  override async onEpochEnd(): Promise<void> {
    this.milliseconds += performance.now() - this.begun;
    this.steps += this.stepsOfEpoch;
  }
}
