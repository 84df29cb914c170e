import { checkOptionNames } from '../../errors/checkOptionNames';
import { tf } from '../../tensorflow/tf';
import { accuracyOf, type Logs } from '../fit/accuracyOf';
import { setEndReason } from '../fit/endReason';
import { printLine } from '../fit/printLine';
import { sharedSettings } from '../fit/sharedSettings';

class StopAtAccuracy extends tf.Callback {
  constructor(
    private readonly threshold: number,
    private readonly print: (line: string) => void,
  ) {
    super();
  }

  override setParams(params: tf.Callback['params']): void {
    super.setParams(params);
    sharedSettings(params).wantedAccuracy = this.threshold;
  }

  override async onEpochEnd(_epoch: number, logs: Logs = {}): Promise<void> {
    const accuracy = await accuracyOf(logs);
    if (accuracy === undefined) {
      const seen = Object.keys(logs).join(', ') || 'nothing';
      throw new Error(
        `Cannot watch the accuracy: compile the model with metrics: ['accuracy']; logged was ${seen}`,
      );
    }
    // An epoch that another callback or the Stop button broke off has not seen all pictures.
    if (accuracy >= this.threshold && !this.model.stopTraining) {
      this.model.stopTraining = true;
      setEndReason(this.model, `reached ${percentNumber(this.threshold)} %`, true);
      this.print(`Reached ${percentNumber(this.threshold)}% accuracy so cancelling training!`);
    }
  }
}

/**
 * A callback that ends the training after the first epoch whose training accuracy is at least the threshold, and
 * says so. An accuracy of NaN never ends it.
 *
 * Keras and fast.ai have none: in Keras one writes a `Callback` whose `on_epoch_end` sets `model.stop_training`. Its
 * `EarlyStopping` waits for a metric that gets no better.
 *
 * @param options.accuracy above 0, at most 1; 0.999 when left out
 * @param options.print receives the sentence; by default it goes to standard output
 * @returns a callback for `fit` and `fitDataset`
 * @throws {RangeError} for an accuracy outside 0–1; during training an Error when the model logs no accuracy
 * @example
 * await model.fitDataset(train, { epochs: 15, callbacks: [stopAtAccuracy({ accuracy: 0.999 })] });
 */
export function stopAtAccuracy(
  options: { accuracy?: number; print?: (line: string) => void } = {},
): tf.Callback {
  checkOptionNames('Cannot stop at an accuracy', options, { accuracy: true, print: true });
  const { accuracy = 0.999, print = printLine } = options;
  if (!(accuracy > 0 && accuracy <= 1)) {
    throw new RangeError(
      `Cannot stop at an accuracy of ${accuracy}: it must be above 0 and at most 1`,
    );
  }
  return new StopAtAccuracy(accuracy, print);
}

/** 99.9 for 0.999; rounding hides the error that 100 * 0.999 has in binary. */
function percentNumber(fraction: number): number {
  return Number((fraction * 100).toFixed(6));
}
