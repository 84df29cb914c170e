import { tf } from '../tensorflow/tf';

/**
 * Measures how long the training steps take: from the beginning of an epoch to the end of its last batch, with the loading
 * of its pictures, without validation and what callbacks do after an epoch. It stands first among the callbacks.
 *
 * @example
 * const clock = new StepClock();
 * await model.fitDataset(train, { epochs: 20, callbacks: [clock] });
 * clock.msPerStep;
 */
export class StepClock extends tf.Callback {
  private begun = 0;
  private latest = 0;
  private finished = 0;
  private steps = 0;

  /** Mean of all steps; NaN before the first. */
  get msPerStep(): number {
    return (this.finished + this.latest) / this.steps;
  }

  override async onEpochBegin(): Promise<void> {
    this.finished += this.latest;
    this.latest = 0;
    this.begun = performance.now();
  }

  override async onBatchEnd(): Promise<void> {
    this.latest = performance.now() - this.begun;
    this.steps++;
  }
}
