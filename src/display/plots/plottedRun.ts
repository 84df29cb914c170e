import type { TrainingHistory } from '../charts/trainingSeries';

/** A training as the page of plots draws it. */
export interface PlottedRun {
  /** What the legend says; any text. */
  name: string;
  /** One value an epoch; values that are NaN or infinite leave a gap. */
  history: TrainingHistory;
  /** The epoch of the first value: above 1 where a training was resumed. */
  firstEpoch: number;
}
