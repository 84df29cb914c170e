import { tf } from '../../../src/tensorflow/tf';
import { runningTrainings } from '../../../src/training/fit/runningTrainings';

const [xs, ys] = [tf.ones([4, 1]), tf.zeros([4, 1])];
afterAll(() => tf.dispose([xs, ys]));

function build(): tf.Sequential {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
}

test("runningTrainings() lists trainings while they run, with the callbacks' model", async () => {
  const [one, two] = [build(), build()];
  const seen: boolean[] = [];
  class Look extends tf.Callback {
    override async onBatchEnd() {
      seen.push(runningTrainings().some(([, model]) => model === this.model));
    }
  }
  expect(runningTrainings()).toEqual([]);
  const pictures = tf.data.zip({ xs: tf.data.array([[1]]), ys: tf.data.array([[0]]) }).batch(1);
  const trainings = [
    one.fit(xs, ys, { epochs: 2, verbose: 0, callbacks: [new Look()] }),
    two.fitDataset(pictures, { epochs: 2, verbose: 0, callbacks: [new Look()] }),
  ];
  expect(runningTrainings()).toHaveLength(2);
  await Promise.all(trainings);
  expect(seen).toEqual([true, true, true, true]);
  expect(runningTrainings()).toEqual([]);
  for (const model of [one, two]) model.dispose();
});

test('runningTrainings() forgets a training that failed, and only that one', async () => {
  const model = build();
  const training = model.fit(xs, ys, { epochs: 3, verbose: 0 });
  await expect(model.fit(xs, ys, { epochs: 1 })).rejects.toThrow('another fit() call is ongoing');
  expect(runningTrainings()).toHaveLength(1);
  const { epoch } = await training;
  expect(epoch).toEqual([0, 1, 2]);
  expect(runningTrainings()).toEqual([]);
  model.dispose();
});
