import { tf } from '../tensorflow/tf';
import { accuracyOf, numberOf, type Logs } from './accuracyOf';
import type { Progress } from './formatProgress';
import { notebookProgress } from './notebookProgress';
import { terminalProgress } from './terminalProgress';

/** Where the progress of a training is drawn. */
export interface ProgressView {
  /** Called after every batch, and with `step` equal to the number of steps at the end of an epoch. */
  draw(progress: Progress): void;
  epochEnd(progress: Progress): void;
  trainingEnd(): void;
}

class ShowProgress extends tf.Callback {
  private epoch = 1;
  private start = 0;
  private pictures = 0;
  private lossSum = 0;
  private accuracySum = 0;
  private step = 0;

  constructor(private readonly view: ProgressView) {
    super();
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    this.start = performance.now();
    this.pictures = this.lossSum = this.accuracySum = this.step = 0;
  }

  override async onBatchEnd(batch: number, logs: Logs = {}): Promise<void> {
    const size = numberOf(logs['size'] ?? 1);
    this.step = batch + 1;
    this.pictures += size;
    this.lossSum += size * numberOf(logs['loss'] ?? NaN);
    this.accuracySum += size * (accuracyOf(logs) ?? NaN);
    this.view.draw(this.progress(this.lossSum / this.pictures, this.accuracySum / this.pictures));
  }

  override async onEpochEnd(_epoch: number, logs: Logs = {}): Promise<void> {
    this.view.epochEnd(this.progress(numberOf(logs['loss'] ?? NaN), accuracyOf(logs)));
  }

  override async onTrainEnd(): Promise<void> {
    this.view.trainingEnd();
  }

  private progress(loss: number, accuracy: number | undefined): Progress {
    const { epochs, steps } = this.params as { epochs: number; steps: number | null };
    return {
      epoch: this.epoch,
      epochs,
      step: this.step,
      // tfjs gives null, 0 or NaN where the data set does not know its length.
      steps: steps && Number.isFinite(steps) ? steps : undefined,
      loss,
      accuracy: accuracy === undefined || Number.isNaN(accuracy) ? undefined : accuracy,
      elapsed: performance.now() - this.start,
    };
  }
}

/**
 * A callback that shows each epoch's bar, loss, accuracy, ms per step and the time left: in a notebook in place, in a
 * terminal on one line, and nothing where the output is a pipe. Pass `verbose: 0` with it, or tfjs prints its own.
 *
 * @returns a callback for one call of `fit` or `fitDataset`
 * @example
 * await model.fitDataset(pictures, { epochs: 15, verbose: 0, callbacks: [showProgress()] });
 */
export function showProgress(): tf.Callback {
  const inNotebook = process.env['SMILE_LAB_KERNEL'] !== undefined;
  return new ShowProgress(inNotebook ? notebookProgress() : terminalProgress());
}
