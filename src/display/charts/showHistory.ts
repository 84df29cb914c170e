import { drawHistory, type DrawHistoryOptions } from './drawHistory';
import { showSvg } from '../svg/showSvg';
import type { TrainingHistories } from './trainingRuns';
import type { TrainingHistory } from './trainingSeries';

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
export async function showHistory(
  histories: TrainingHistory | TrainingHistories,
  options: DrawHistoryOptions = {},
): Promise<void> {
  await showSvg(drawHistory(histories, options), { show: 'showHistory', draw: 'drawHistory' });
}
