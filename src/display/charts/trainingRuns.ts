import { tf } from '../../tensorflow/tf';
import { type TrainingHistory, type TrainingSeries, trainingSeries } from './trainingSeries';

/** Histories to compare, each under the name of its run. */
export type TrainingHistories = Readonly<Record<string, TrainingHistory>>;

/** What one training has recorded. */
export interface ChartedRun {
  /** Undefined where there is only one, of which nothing else must be distinguished. */
  name?: string;
  /** None before the end of the first epoch. */
  series: readonly TrainingSeries[];
}

/** As many as have a colour of their own, see `trainingLooks`. */
const MOST = 6;

/**
 * Reads one history, or several that shall be compared.
 *
 * @param histories what one `fit` recorded, or an object that holds one such history under each name, 1 to 6
 * @returns the runs, in the order of their names
 * @throws {RangeError} when there are more than 6; what `trainingSeries` throws
 *
 * @example
 * trainingRuns({ 'with dropout': { loss: [0.7] }, without: { loss: [0.6] } })[1]?.name; // 'without'
 */
export function trainingRuns(histories: TrainingHistory | TrainingHistories): ChartedRun[] {
  if (!areNamed(histories)) return [{ series: trainingSeries(histories) }];
  const named = Object.entries(histories);
  if (named.length > MOST) {
    throw new RangeError(
      `Cannot draw the histories: at most ${MOST} can be distinguished in one chart, got ${named.length}`,
    );
  }
  return named.map(([name, history]) => ({ name, series: trainingSeries(history) }));
}

/** Whether it is one history and no comparison: its lines need no run's name. */
export function isOnlyOne(runs: readonly ChartedRun[]): boolean {
  return runs.length === 1 && runs[0]?.name === undefined;
}

function areNamed(histories: TrainingHistory | TrainingHistories): histories is TrainingHistories {
  const values: unknown[] = Object.values(histories ?? {});
  return values.length > 0 && values.every(isHistory);
}

/** Also what `fit` returned itself: `trainingSeries` says what to do with it. */
function isHistory(value: unknown): boolean {
  if (value instanceof tf.History) return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every((values) => Array.isArray(values));
}
