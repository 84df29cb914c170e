import { checkOptionNames } from '../../errors/checkOptionNames';
import { printLine } from '../fit/printLine';
import { formatLoss } from '../fit/formatLoss';
import { ResumableCallback, type CallbackState } from './resumableCallback';
import { isImprovement, validationLoss } from './validationLoss';
import { copyWeights, putWeights } from '../fit/copyWeights';
import { sharedSettings } from '../fit/sharedSettings';
import type { EpochMetrics } from './wholeEpochCallback';

class KeepBestWeights extends ResumableCallback {
  readonly kind = 'keepBestWeights';
  private best = Infinity;
  private bestEpoch = 0;
  private weights: Float32Array[] | undefined;
  private isRestored = false;
  private isValidated = false;

  constructor(private readonly print: (line: string) => void) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    if (!this.isRestored) [this.best, this.bestEpoch, this.weights] = [Infinity, 0, undefined];
    this.isRestored = this.isValidated = false;
  }

  protected async onWholeEpoch(epoch: number, metrics: EpochMetrics): Promise<void> {
    const loss = validationLoss('Cannot keep the best weights', metrics);
    this.isValidated = true;
    if (!isImprovement(loss, this.best, this.minDelta)) return;
    [this.best, this.bestEpoch] = [loss, epoch + 1];
    this.weights = await copyWeights(this.model);
  }

  override async onTrainEnd(): Promise<void> {
    if (!this.weights) {
      if (this.isValidated) {
        this.print(
          'The weights are those of the last epoch: in none was the validation loss a finite number',
        );
      }
      return;
    }
    putWeights(this.model, this.weights);
    const { minDelta } = this;
    const what =
      minDelta > 0
        ? `the last that lowered the validation loss by more than ${minDelta}`
        : 'with the lowest validation loss';
    this.print(
      `The weights are those of epoch ${this.bestEpoch}, ${what}: ${formatLoss(this.best)}`,
    );
  }

  private get minDelta(): number {
    return sharedSettings(this.params).minDelta ?? 0;
  }

  state(): CallbackState {
    const { best, bestEpoch, weights } = this;
    const values = { best: Number.isFinite(best) ? best : null, bestEpoch };
    return weights ? { values, weights } : { values };
  }

  restore({ values, weights }: CallbackState): void {
    this.best = (values['best'] as number | null) ?? Infinity;
    this.bestEpoch = values['bestEpoch'] as number;
    this.weights = weights;
    this.isRestored = true;
  }
}

/**
 * A callback that gives the model, when the training ends, the weights of the epoch with the lowest validation loss (of
 * equals the first), and says which it was. With `stopEarly` beside it, a lower loss counts as it does there: from its
 * minDelta on. A training that fails keeps its last weights.
 *
 * In Keras `EarlyStopping(restore_best_weights=True)` does it. Keras' `ModelCheckpoint(save_best_only=True)` and fast.ai's
 * `SaveModelCallback` write the best model to a file, which this does not: `saveClassifier` does it after the training.
 *
 * @param options.print receives the sentence; by default it goes to standard output
 * @returns a callback for `fit` and `fitDataset`; during training it throws an Error when there is no `validationData`
 * @example
 * await model.fitDataset(train, { epochs: 20, validationData: validation, callbacks: [keepBestWeights()] });
 */
export function keepBestWeights(
  options: { print?: (line: string) => void } = {},
): ResumableCallback {
  checkOptionNames('Cannot keep the best weights', options, { print: true });
  const { print = printLine } = options;
  return new KeepBestWeights(print);
}
