import { tf } from '../../tensorflow/tf';
import { numberOf, type Logs } from '../fit/accuracyOf';
import { stepsOf } from '../fit/stepsOf';

/** The metrics of an epoch, by tfjs's names: `loss`, `acc`, `val_loss`, `val_acc`. */
export type EpochMetrics = Readonly<Record<string, number>>;

/**
 * A callback that looks at epochs which have seen all their pictures, and passes over one that Stop, Ctrl-C or another
 * callback broke off: its averages are of a part of the pictures, and it was not validated.
 */
export abstract class WholeEpochCallback extends tf.Callback {
  private batches = 0;

  /** @param epoch counted from 0 */
  protected abstract onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void>;

  override async onEpochBegin(epoch: number, logs?: Logs): Promise<void>;
  override async onEpochBegin(): Promise<void> {
    this.batches = 0;
  }

  override async onBatchEnd(batch: number, logs?: Logs): Promise<void>;
  override async onBatchEnd(): Promise<void> {
    this.batches++;
  }

  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    if (!this.isWhole(logs)) return;
    const metrics: Record<string, number> = {};
    for (const [name, value] of Object.entries(logs)) metrics[name] = await numberOf(value);
    await this.onWholeEpoch(epoch, metrics);
  }

  private isWhole(logs: Logs): boolean {
    // tfjs validates after the last batch alone, and callbacks that ask for the end after it are no break.
    if (this.params['doValidation']) return 'val_loss' in logs;
    const steps = stepsOf(this.params);
    return steps === undefined ? !this.model.stopTraining : this.batches >= steps;
  }
}
