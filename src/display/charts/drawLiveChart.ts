import { drawTraining } from './drawTraining';
import type { TrainingSeries } from './trainingSeries';

/** A training while it goes on. */
export interface LiveTraining {
  /** What is recorded; without a value before the end of the first epoch. */
  series: readonly TrainingSeries[];
  /** Counted from 1: above 1 where a training was resumed. */
  firstEpoch: number;
  /** Up to this one there is room in the chart. */
  lastEpoch: number;
  /** An accuracy, 0–1, for a dashed line; the one at which the training stops. */
  threshold?: number | undefined;
}

/**
 * Draws accuracy and loss of a training that goes on, as `drawHistory` draws them when it is over, in a millisecond.
 *
 * @returns a self-contained SVG document, under 40 kB however many epochs there are
 *
 * @example
 * drawLiveChart({ series: trainingSeries({ loss: [0.69], acc: [0.5] }), firstEpoch: 1, lastEpoch: 15 });
 */
export function drawLiveChart(training: LiveTraining): string {
  const { series, firstEpoch, lastEpoch, threshold } = training;
  return drawTraining({ runs: [{ series }], firstEpoch, lastEpoch, threshold });
}
