import type { PlotPage } from '../../display/plots/plotPage';
import { tf } from '../../tensorflow/tf';
import type { Logs } from '../fit/accuracyOf';
import { TrainingRecord } from './trainingRecord';

class PlotTraining extends tf.Callback {
  private record = new TrainingRecord({});

  constructor(
    private readonly page: PlotPage,
    private readonly name: string,
  ) {
    super();
  }

  override async onTrainBegin(): Promise<void> {
    this.record = new TrainingRecord(this.params);
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.record.beginEpoch(epoch);
  }

  override async onEpochEnd(_epoch: number, logs: Logs = {}): Promise<void> {
    await this.record.endEpoch(logs);
    const { name, record } = this;
    this.page.show([{ name, history: record.history(), firstEpoch: record.firstEpoch }]);
  }
}

/**
 * A callback that draws accuracy and loss on a page in the browser, epoch by epoch.
 *
 * @param page of `openPlotPage`; the caller closes it
 * @param name of the training
 * @returns a callback for `fit` and `fitDataset`
 * @example
 * const page = await openPlotPage({ title: 'first try' });
 * await model.fitDataset(train, { epochs: 15, callbacks: [plotTraining(page, 'first try')] });
 * await page.close();
 */
export function plotTraining(page: PlotPage, name: string): tf.Callback {
  return new PlotTraining(page, name);
}
