import { tf } from '../../tensorflow/tf';
import { accuracyOf, numberOf, type Logs } from '../fit/accuracyOf';
import type { Progress } from './formatProgress';
import type { ProgressView } from './progressView';
import { harmlessView } from './harmlessView';
import { runningTrainings } from '../fit/runningTrainings';
import { stepsOf } from '../fit/stepsOf';
import { TrainingRecord } from './trainingRecord';

/** A callback that measures how far a training has come, for whatever draws it. */
export class ProgressCallback extends tf.Callback {
  private view: ProgressView | undefined;
  private record = new TrainingRecord({});
  private epoch = 1;
  private start = 0;
  private warmUp: number | undefined;
  private isFirstEpoch = true;
  private pictures = 0;
  private lossSum = 0;
  private accuracySum = 0;
  private step = 0;

  /** @param open makes the view of a training that begins; where that fails, it goes on without one */
  constructor(private readonly open: (record: TrainingRecord) => Promise<ProgressView>) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    this.record = new TrainingRecord(this.params);
    this.isFirstEpoch = true;
    this.view = await harmlessView(() => this.open(this.record));
    for (const [training, model] of runningTrainings()) {
      // tfjs calls no callback when a training fails.
      if (model === this.model) training.catch(() => this.view?.trainingEnd());
    }
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.record.beginEpoch(epoch);
    this.epoch = epoch + 1;
    this.start = performance.now();
    this.warmUp = undefined;
    this.pictures = this.lossSum = this.accuracySum = this.step = 0;
  }

  override async onBatchEnd(batch: number, logs: Logs = {}): Promise<void> {
    const [size, loss, accuracy = NaN] = await Promise.all([
      numberOf(logs['size'] ?? 1),
      numberOf(logs['loss'] ?? NaN),
      accuracyOf(logs),
    ]);
    if (this.isFirstEpoch && batch === 0) this.warmUp = performance.now() - this.start;
    this.step = batch + 1;
    this.pictures += size;
    this.lossSum += size * loss;
    this.accuracySum += size * accuracy;
    this.view?.draw(this.progress(this.lossSum / this.pictures, this.accuracySum / this.pictures));
  }

  override async onEpochEnd(_epoch: number, logs: Logs = {}): Promise<void> {
    const [loss, accuracy] = [await numberOf(logs['loss'] ?? NaN), await accuracyOf(logs)];
    const validationLoss = logs['val_loss'];
    const validation = validationLoss !== undefined && {
      loss: await numberOf(validationLoss),
      accuracy: await accuracyOf(logs, 'val_'),
    };
    await this.record.endEpoch(logs);
    this.isFirstEpoch = false;
    this.view?.epochEnd({ ...this.progress(loss, accuracy), ...(validation && { validation }) });
  }

  override async onTrainEnd(): Promise<void> {
    await this.view?.trainingEnd();
  }

  private progress(loss: number, accuracy: number | undefined): Progress {
    return {
      epoch: this.epoch,
      epochs: this.params['epochs'] as number,
      step: this.step,
      steps: stepsOf(this.params),
      loss,
      accuracy: accuracy === undefined || Number.isNaN(accuracy) ? undefined : accuracy,
      elapsed: performance.now() - this.start,
      ...(this.warmUp === undefined ? {} : { warmUp: this.warmUp }),
    };
  }
}
