import type { TrainingDrawing } from '../../display/charts/drawTraining';
import {
  accuracyNames,
  type TrainingHistory,
  type TrainingSeries,
} from '../../display/charts/trainingSeries';
import type { tf } from '../../tensorflow/tf';
import { numberOf, type Logs } from '../fit/accuracyOf';
import { sharedSettings } from '../fit/sharedSettings';

type Params = tf.Callback['params'];

const METRICS = [
  { metric: 'accuracy', names: accuracyNames },
  { metric: 'loss', names: ['loss'] },
] as const;

/** With so many epochs the chart is as wide as the training is planned; longer ones get more room as they go on. */
const WIDE_FROM_START = 50;

/** What a training has recorded until now, epoch by epoch, for what draws it while it goes on. */
export class TrainingRecord implements TrainingDrawing {
  readonly series: (TrainingSeries & { values: number[] })[] = [];
  readonly runs = [{ series: this.series }];
  readonly threshold: number | undefined;
  firstEpoch = 1;
  /** Epochs that have ended. */
  count = 0;
  private readonly names = new Map<TrainingSeries, string>();
  private readonly epochs: number;

  /** @param params what tfjs hands a callback */
  constructor(params: Params) {
    const measured = (params['metrics'] as unknown as readonly string[] | undefined) ?? [];
    for (const { metric, names } of METRICS) {
      for (const data of ['training', 'validation'] as const) {
        const name = names
          .map((one) => (data === 'training' ? one : `val_${one}`))
          .find((one) => measured.includes(one));
        if (name === undefined) continue;
        const series = { metric, data, values: [] };
        this.series.push(series);
        this.names.set(series, name);
      }
    }
    this.threshold = sharedSettings(params).wantedAccuracy;
    this.epochs = params['epochs'] as number;
  }

  /** Up to this one there is room: all that are planned, unless those that are made would lie too close together. */
  get lastEpoch(): number {
    const planned = this.epochs - this.firstEpoch + 1;
    let room = WIDE_FROM_START;
    while (room < this.count) room *= 2;
    return this.firstEpoch - 1 + Math.min(planned, room);
  }

  /** The same without the epochs that are not made: the training is over. */
  finished(): TrainingDrawing {
    const { runs, threshold, firstEpoch, count } = this;
    return { runs, threshold, firstEpoch, lastEpoch: firstEpoch - 1 + count };
  }

  /** As `fit` gives it. */
  history(): TrainingHistory {
    return Object.fromEntries(this.series.map((one) => [this.names.get(one)!, one.values]));
  }

  /** @param epoch counted from 0 */
  beginEpoch(epoch: number): void {
    if (this.count === 0) this.firstEpoch = epoch + 1;
  }

  async endEpoch(logs: Logs): Promise<void> {
    this.count++;
    for (const series of this.series) {
      const value = logs[this.names.get(series)!];
      // An epoch that was broken off has no validation.
      if (value !== undefined) series.values.push(await numberOf(value));
    }
  }
}
