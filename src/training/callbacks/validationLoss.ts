import type { EpochMetrics } from './wholeEpochCallback';

/**
 * The validation loss of an epoch.
 *
 * @param action what the caller does with it, to begin an error with: "Cannot …"
 * @throws {Error} when the training has no validation
 */
export function validationLoss(action: string, metrics: EpochMetrics): number {
  const loss = metrics['val_loss'];
  if (loss === undefined) {
    throw new Error(
      `${action}: it goes by the validation loss, and the training needs validationData; logged was ${Object.keys(metrics).join(', ')}`,
    );
  }
  return loss;
}

/** Whether a loss is lower than the best by more than minDelta, by float32's rounding, as in Keras; NaN is not. */
export function isImprovement(loss: number, best: number, minDelta: number): boolean {
  return Math.fround(loss + minDelta) < Math.fround(best);
}
