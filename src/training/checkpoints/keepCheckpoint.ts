import { checkOptionNames } from '../../errors/checkOptionNames';
import { checkPath } from '../../errors/checkPath';
import { ORDER, type OrderedCallback } from '../../tensorflow/installCallbackOrder';
import { readCheckpoint, writeCheckpoint } from './checkpointFile';
import { learningRateOf } from '../fit/setLearningRate';
import { type ResumableCallback, resumableOf } from '../callbacks/resumableCallback';
import { WholeEpochCallback, type EpochMetrics } from '../callbacks/wholeEpochCallback';

class KeepCheckpoint extends WholeEpochCallback implements OrderedCallback {
  readonly order = ORDER.checkpoint;
  private history: Record<string, number[]> | undefined;
  private callbacks: readonly ResumableCallback[] = [];

  constructor(
    private readonly folder: string,
    private readonly overwrite: boolean,
  ) {
    super();
  }

  meet(callbacks: readonly unknown[]): void {
    this.callbacks = resumableOf(callbacks);
  }

  override async onTrainBegin(): Promise<void> {
    this.history = undefined;
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    await super.onEpochBegin(epoch);
    this.history ??= await this.historyBefore(epoch);
  }

  protected async onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void> {
    const history = this.history!;
    for (const [name, value] of Object.entries(metrics)) (history[name] ??= []).push(value);
    await writeCheckpoint(this.folder, this.model, {
      epoch: epoch + 1,
      learningRate: learningRateOf(this.model.optimizer) ?? null,
      history,
      callbacks: this.callbacks.map((callback) => ({ kind: callback.kind, ...callback.state() })),
    });
  }

  private async historyBefore(epoch: number): Promise<Record<string, number[]>> {
    const there = await readCheckpoint(this.folder);
    const cannot = `Cannot keep a checkpoint in ${JSON.stringify(this.folder)}`;
    if (epoch > 0 && there?.epoch === epoch) return there.history;
    if (epoch > 0) {
      throw new Error(
        `${cannot}: the training goes on after epoch ${epoch}, and the checkpoint there is ${there ? `of epoch ${there.epoch}` : 'missing'}`,
      );
    }
    if (there && !this.overwrite) {
      throw new Error(
        `${cannot}: one of another training is there, of epoch ${there.epoch}; resumeTraining goes on from it, and overwrite replaces it`,
      );
    }
    return {};
  }
}

/**
 * A callback that keeps a checkpoint after each epoch: the model with its optimizer, the history, and what the callbacks
 * beside it remember. At every moment, also when the process is killed, the folder holds the checkpoint of the last epoch
 * whole or that of the one before. `resumeTraining` goes on from it. An epoch that was broken off is not kept.
 *
 * It is Keras' `BackupAndRestore`, which restores by itself as `fit` begins, forgets what other callbacks remember, and
 * removes its files at the end. Of Keras' `ModelCheckpoint` and fast.ai's `SaveModelCallback(every_epoch=True, with_opt=True)`
 * it has the saving after each epoch; an earlier epoch's file does not stay.
 *
 * @param options.folder made where it is missing; the last checkpoint of it is kept, with Adam three times the model's size
 * @param options.overwrite lets a training that begins anew replace a checkpoint that is there; without it that is an error
 * @returns a callback for `fit` and `fitDataset`; during training it throws an Error when the folder
 * cannot be written, or holds another training's checkpoint, or Keras has no such layer
 * @example
 * const callbacks = [stopEarly({ patience: 3 })];
 * const { epoch } = await resumeTraining(model, 'models/mine', callbacks);
 * const checkpoint = keepCheckpoint({ folder: 'models/mine' });
 * await model.fitDataset(train, { epochs: 20, initialEpoch: epoch, callbacks: [checkpoint, ...callbacks] });
 */
export function keepCheckpoint(options: {
  folder: string;
  overwrite?: boolean;
}): WholeEpochCallback {
  checkOptionNames('Cannot keep a checkpoint', options, { folder: true, overwrite: true });
  const { folder, overwrite = false } = options;
  checkPath('Cannot keep a checkpoint', 'a folder', folder);
  return new KeepCheckpoint(folder, overwrite);
}
