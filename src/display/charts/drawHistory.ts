import { checkOptionNames } from '../../errors/checkOptionNames';
import { showing } from '../svg/showSvg';
import { drawTraining } from './drawTraining';
import { type TrainingHistories, trainingRuns } from './trainingRuns';
import type { TrainingHistory } from './trainingSeries';

/** How training curves are drawn. */
export interface DrawHistoryOptions {
  /** A heading over the picture. Default: none. */
  title?: string;
  /** An accuracy, 0–1, to mark with a dashed line, such as the one at which training stops. Default: none. */
  threshold?: number;
}

/**
 * Draws accuracy and loss over the epochs on a white card, one above the other: of one training, its validation beside
 * it where there was one, or of up to six trainings, to compare them.
 *
 * A value that is NaN or infinite stands as a cross or a triangle at the edge, and a line of text says so. Of a long
 * history each part's least and greatest values are drawn.
 *
 * @param histories what `fit` recorded: `loss`, `acc` or `accuracy`, perhaps `val_loss` and `val_acc`, one value an
 *   epoch; or an object with such a history under the name of each run
 * @param options title and threshold
 * @returns a self-contained SVG document, 20 to 30 kB for 15 epochs of one training
 * @throws {TypeError} when a history holds neither loss nor accuracy, or other things than numbers; RangeError when the
 * threshold is not within 0–1, or there are more than six runs
 *
 * @example
 * const { history } = await model.fitDataset(dataset, { epochs: 15 });
 * const svg = drawHistory(history, { threshold: 0.999 });
 * await fs.promises.writeFile('curve.svg', svg);
 */
export function drawHistory(
  histories: TrainingHistory | TrainingHistories,
  options: DrawHistoryOptions = {},
): string {
  checkOptionNames('Cannot draw the history', options, { title: true, threshold: true });
  const { title, threshold } = options;
  const runs = trainingRuns(histories);
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(
      `Cannot draw the history: threshold must be an accuracy from 0 to 1, got ${threshold}`,
    );
  }
  const epochs = runs.flatMap(({ series }) => series.map(({ values }) => values.length));
  const lastEpoch = Math.max(1, ...epochs);
  return drawTraining({ runs, firstEpoch: 1, lastEpoch, threshold, heading: title });
}

/**
 * Shows accuracy and loss over the epochs under the running notebook cell, stored in the notebook with an alternative
 * text: of one training, or of several for comparison. fast.ai's is `Recorder.plot_loss`, of the loss alone; Keras has none.
 *
 * @param histories what one `fit` recorded, or several under their names; as for {@link drawHistory}
 * @param options title and threshold; as for {@link drawHistory}
 * @throws what {@link drawHistory} throws, and Error outside a notebook
 *
 * @example
 * const { history } = await model.fitDataset(dataset, { epochs: 15 });
 * await showHistory(history, { threshold: 0.999 });
 * await showHistory({ 'with dropout': history, without: earlier.history });
 */
export const showHistory = showing(drawHistory);
