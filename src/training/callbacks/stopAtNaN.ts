import { ORDER, type OrderedCallback } from '../../tensorflow/installCallbackOrder';
import { setGuarded } from '../../tensorflow/graph/notFiniteNotice';
import { tf } from '../../tensorflow/tf';
import { numberOf, type Logs } from '../fit/accuracyOf';
import { setEndReason } from '../fit/endReason';
import { copyWeights, putWeights } from '../fit/copyWeights';

class StopAtNaN extends tf.Callback implements OrderedCallback {
  readonly order = ORDER.guard;
  private epoch = 0;
  private batch = 0;
  /** Weights after the last finished epoch, and how many were finished. */
  private kept: { weights: Float32Array[]; epochs: number } = { weights: [], epochs: 0 };
  private found: string | undefined;

  override async onTrainBegin(): Promise<void> {
    setGuarded(this.model, true);
    this.found = undefined;
    this.kept = { weights: [], epochs: 0 };
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch + 1;
    this.batch = 0;
    // Before the first epoch of this training there is none that has finished in it.
    if (this.kept.weights.length === 0) {
      this.kept = { weights: await copyWeights(this.model), epochs: epoch };
    }
  }

  override async onTrainEnd(): Promise<void> {
    setGuarded(this.model, false);
  }

  override async onBatchEnd(batch: number, logs: Logs = {}): Promise<void> {
    this.batch = batch + 1;
    const loss = await numberOf(logs['loss'] ?? 0);
    if (Number.isFinite(loss) || this.found !== undefined) return;
    this.found = `the loss became ${loss} in epoch ${this.epoch}, batch ${this.batch}`;
    // tfjs ends the epoch at once, and gives its tensors back; the error comes at its end.
    this.model.stopTraining = true;
    setEndReason(this.model, `failed: the loss became ${loss}`);
  }

  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    if (this.found === undefined) {
      const weights = await copyWeights(this.model);
      // The last step of an epoch can spoil weights, and no batch follows whose loss would show it.
      const spoiled = weights.findIndex((values) => !values.every(Number.isFinite));
      if (spoiled < 0) {
        if (!this.model.stopTraining) this.kept = { weights, epochs: epoch + 1 };
        return;
      }
      const name = this.model.weights[spoiled]?.name;
      this.found = `weight "${name}" is no longer finite in epoch ${this.epoch}, batch ${this.batch}`;
      setEndReason(this.model, 'failed: a weight became NaN or infinite');
    }
    putWeights(this.model, this.kept.weights);
    setGuarded(this.model, false);
    // tfjs gives its tensors back only when a training ends well.
    tf.dispose(Object.values(logs).filter((value) => typeof value !== 'number'));
    await (this.model.history as tf.History).syncData();
    const { epochs } = this.kept;
    // Now, so that a callback that comes after this one does not save what is spoiled.
    throw new Error(
      `Cannot go on training: ${this.found}. The model has the weights from ` +
        `${epochs === 0 ? 'before the first epoch' : `the end of epoch ${epochs}`} again; ` +
        'compile it anew before you train it on, for example with a smaller learning rate',
    );
  }
}

/**
 * A callback that ends the training with an error as soon as the loss or a weight is NaN or infinite: nothing is learned
 * from then on. The error names epoch and batch, and the model gets back the weights that it had after the last finished
 * epoch, before a checkpoint keeps what is spoiled.
 *
 * Keras' `TerminateOnNaN` and fast.ai's `TerminateOnNaNCallback` look at the loss alone and leave the weights as they are;
 * of both, only `TerminateOnNaN(raise_error=True)` ends with an error.
 *
 * @returns a callback for `fit` and `fitDataset`, which then reject with an Error
 * @example
 * await model.fitDataset(train, { epochs: 20, callbacks: [stopAtNaN()] });
 */
export function stopAtNaN(): tf.Callback {
  return new StopAtNaN();
}
