import { drawTrainingCurve, type DrawTrainingCurveOptions } from './drawTrainingCurve';
import { showSvg } from '../svg/showSvg';
import type { TrainingHistory } from './trainingSeries';

/**
 * Shows accuracy and loss over the epochs under the running notebook cell, stored in the notebook with an alternative
 * text.
 *
 * @param history what `fit` recorded; as for {@link drawTrainingCurve}
 * @param options title and threshold; as for {@link drawTrainingCurve}
 * @throws what {@link drawTrainingCurve} throws, and Error outside a notebook
 *
 * @example
 * const { history } = await model.fitDataset(dataset, { epochs: 15 });
 * await showTrainingCurve(history, { threshold: 0.999 });
 */
export async function showTrainingCurve(
  history: TrainingHistory,
  options: DrawTrainingCurveOptions = {},
): Promise<void> {
  const svg = await drawTrainingCurve(history, options);
  await showSvg(svg, { show: 'showTrainingCurve', draw: 'drawTrainingCurve' });
}
