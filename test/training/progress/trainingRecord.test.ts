import { tf } from '../../../src/tensorflow/tf';
import { stopAtAccuracy } from '../../../src/training/callbacks/stopAtAccuracy';
import { TrainingRecord } from '../../../src/training/progress/trainingRecord';
import { buildTiny, tinyData } from '../../support/tinyTraining';

/** What a callback of the same training reads from tfjs. */
class Watch extends tf.Callback {
  records: TrainingRecord[] = [];
  lasts: number[] = [];

  override async onTrainBegin(): Promise<void> {
    this.records.push(new TrainingRecord(this.params));
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.records.at(-1)!.beginEpoch(epoch);
  }

  override async onEpochEnd(_epoch: number, logs: tf.Logs = {}): Promise<void> {
    await this.records.at(-1)!.endEpoch(logs);
    this.lasts.push(this.records.at(-1)!.lastEpoch);
  }
}

test('TrainingRecord holds what fit records, and the accuracy at which the training stops', async () => {
  const model = buildTiny();
  const watch = new Watch();
  const stop = stopAtAccuracy({ accuracy: 0.75, print: () => {} });
  const options = { epochs: 5, initialEpoch: 2, verbose: 0, validationData: tinyData() };
  const { history } = await model.fitDataset(tinyData(), { ...options, callbacks: [watch, stop] });
  await model.fitDataset(tinyData(), { epochs: 1, verbose: 0, callbacks: [watch] });
  model.dispose();
  const [first, second] = watch.records;
  expect(first!.history()).toEqual({
    acc: history['acc'],
    val_acc: history['val_acc'],
    loss: history['loss'],
    val_loss: history['val_loss'],
  });
  expect([first!.firstEpoch, first!.threshold]).toEqual([3, 0.75]);
  expect(first!.finished().lastEpoch).toBe(2 + (history['acc'] as number[]).length);
  expect(watch.lasts[0]).toBe(5);
  expect([second!.firstEpoch, second!.threshold]).toEqual([1, undefined]);
  expect(Object.keys(second!.history())).toEqual(['acc', 'loss']);
});

test('TrainingRecord makes room as a long training goes on', async () => {
  const record = new TrainingRecord({ metrics: ['loss'] as unknown as string, epochs: 1_000_000 });
  const lasts: number[] = [];
  for (let epoch = 0; epoch < 120; epoch++) {
    record.beginEpoch(epoch);
    await record.endEpoch({ loss: 1 });
    lasts.push(record.lastEpoch);
  }
  expect([lasts[0], lasts[49], lasts[50], lasts[119]]).toEqual([50, 50, 100, 200]);
});
