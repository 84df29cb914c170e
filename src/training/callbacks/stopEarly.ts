import { checkOptionNames } from '../../errors/checkOptionNames';
import { show } from '../../errors/show';
import type { tf } from '../../tensorflow/tf';
import { setEndReason } from '../fit/endReason';
import { printLine } from '../fit/printLine';
import { sharedSettings } from '../fit/sharedSettings';
import { formatLoss } from '../fit/formatLoss';
import { ResumableCallback, type CallbackState } from './resumableCallback';
import { isImprovement, validationLoss } from './validationLoss';
import type { EpochMetrics } from './wholeEpochCallback';

/** The first epoch is waited for by none: it ends no training, whatever its loss. */
const BEFORE = -1;

class StopEarly extends ResumableCallback {
  readonly kind = 'stopEarly';
  private best = Infinity;
  private waited = BEFORE;
  private ended = false;
  private isRestored = false;

  constructor(
    private readonly patience: number,
    private readonly minDelta: number,
    private readonly print: (line: string) => void,
  ) {
    super();
  }

  override setParams(params: tf.Callback['params']): void {
    super.setParams(params);
    sharedSettings(params).minDelta = this.minDelta;
  }

  override async onTrainBegin(): Promise<void> {
    if (!this.isRestored) [this.best, this.waited] = [Infinity, BEFORE];
    this.ended = false;
    this.isRestored = false;
  }

  protected async onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void> {
    const loss = validationLoss('Cannot stop early', metrics);
    if (isImprovement(loss, this.best, this.minDelta)) {
      [this.best, this.waited] = [loss, 0];
      return;
    }
    this.waited++;
    if (this.waited < this.patience || this.model.stopTraining) return;
    this.model.stopTraining = this.ended = true;
    setEndReason(this.model, 'stopped early');
    const epochs = this.patience === 1 ? 'epoch' : `${this.patience} epochs`;
    this.print(
      `Stopped after epoch ${epoch + 1}: in the last ${epochs} the validation loss ${this.what(loss)}`,
    );
  }

  private what(loss: number): string {
    if (this.best === Infinity) return `was no finite number, but ${loss}`;
    const fall = this.minDelta > 0 ? `fall by more than ${this.minDelta} below` : 'fall below';
    return `did not ${fall} ${formatLoss(this.best)}`;
  }

  state(): CallbackState {
    const { best, waited, ended } = this;
    return { values: { best: Number.isFinite(best) ? best : null, waited, ended } };
  }

  restore({ values }: CallbackState): void {
    this.best = (values['best'] as number | null) ?? Infinity;
    this.waited = values['waited'] as number;
    this.isRestored = true;
  }
}

/**
 * A callback that ends the training when the validation loss has not fallen for some epochs, as Keras' `EarlyStopping`
 * with `monitor='val_loss'` and fast.ai's `EarlyStoppingCallback`. The weights stay those of the last epoch; with
 * `keepBestWeights()` beside it they are those of the best, by the same minDelta, which is Keras' `restore_best_weights`.
 * (tfjs 4.22's own `restoreBestWeights` throws.)
 *
 * @param options.patience how many epochs in a row may pass without a lower loss, a whole number from 1
 * @param options.minDelta by how much the loss must fall to count, from 0; 0 when left out
 * @param options.print receives the sentence that says why; by default it goes to standard output
 * @returns a callback for `fit` and `fitDataset`; during training it throws an Error when there is no `validationData`
 * @throws {RangeError} for a patience or minDelta out of its range; TypeError for an option that it does not have
 * Source: https://github.com/keras-team/keras/blob/master/keras/src/callbacks/early_stopping.py
 * @example
 * const callbacks = [stopEarly({ patience: 3 }), keepBestWeights()];
 * await model.fitDataset(train, { epochs: 50, validationData: validation, callbacks });
 */
export function stopEarly(options: {
  patience: number;
  minDelta?: number;
  print?: (line: string) => void;
}): ResumableCallback {
  checkOptions(options);
  const { patience, minDelta = 0, print = printLine } = options;
  if (!Number.isInteger(patience) || patience < 1) {
    throw new RangeError(
      `Cannot stop early with a patience of ${show(patience)}: it must be a whole number from 1, ` +
        'as in stopEarly({ patience: 3 })',
    );
  }
  if (!(minDelta >= 0)) {
    throw new RangeError(
      `Cannot stop early with a minDelta of ${show(minDelta)}: it must be a number from 0`,
    );
  }
  return new StopEarly(patience, minDelta, print);
}

function checkOptions(options: Parameters<typeof stopEarly>[0]): void {
  // Keras and tfjs let one choose what is watched.
  if (options !== null && typeof options === 'object' && 'monitor' in options) {
    throw new TypeError(
      'Cannot stop early: there is no option "monitor", it always watches the validation loss',
    );
  }
  checkOptionNames('Cannot stop early', options, { patience: true, minDelta: true, print: true });
}
