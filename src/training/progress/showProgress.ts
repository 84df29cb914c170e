import { progressLine } from '../../display/text/progressLine';
import { checkOptionNames } from '../../errors/checkOptionNames';
import type { tf } from '../../tensorflow/tf';
import { lineProgress } from './lineProgress';
import { ProgressCallback } from './progressCallback';
import type { ProgressView } from './progressView';
import { terminalProgress } from './terminalProgress';
import type { TrainingRecord } from './trainingRecord';

/**
 * A callback that shows each epoch's bar, loss, accuracy, those of the validation, ms per step and the time left: in a
 * notebook in place, under a chart of accuracy and loss that grows with the epochs and stays; in a terminal on one line; and
 * nothing where the output is a pipe. Pass `verbose: 0` with it, or tfjs prints its own.
 *
 * With a name the whole training is one line that begins with it, in a notebook without a chart: so several trainings in a
 * row are as many lines.
 *
 * It draws at most five times a second, and takes at most 3 % of the training's time. With `stopAtAccuracy` beside it, a
 * dashed line marks that accuracy. What cannot be drawn is reported, and does not end the training.
 *
 * Keras' `ProgbarLogger`, which `verbose=1` adds, and fast.ai's `ProgressCallback` show the bar; fast.ai's `ShowGraphCallback`
 * draws a chart, of the loss alone.
 *
 * @param options.name of the training, such as "dropout 0.5"
 * @returns a callback for `fit` and `fitDataset`
 * @example
 * await model.fitDataset(train, { epochs: 15, verbose: 0, callbacks: [showProgress()] });
 */
export function showProgress(options: { name?: string } = {}): tf.Callback {
  checkOptionNames('Cannot show the progress', options, { name: true });
  const { name } = options;
  if (name === undefined) return new ProgressCallback(openView);
  return new ProgressCallback(async () => lineProgress(await progressLine(), name));
}

async function openView(record: TrainingRecord): Promise<ProgressView> {
  if (process.env['SMILE_LAB_KERNEL'] === undefined) return terminalProgress();
  // Only now: tslab brings a compiler along, 0.2 s that a terminal need not wait for.
  const { notebookProgress } = await import('./notebookProgress');
  return notebookProgress(record);
}
