import { tf } from '../../src/tensorflow/tf';
import { stopAtAccuracy } from '../../src/training/callbacks/stopAtAccuracy';
import { runPython } from '../support/keras';

const sentence = (what: string) =>
  `Cannot ${what}: the dataset must give at least one batch, and gives none; look at what take(), skip() or filter() leaves of it`;

function compiled(): tf.Sequential {
  const layer = tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'ones' });
  const model = tf.sequential({ layers: [layer] });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: 'meanSquaredError' });
  return model;
}

/** Batches of one number each, and of its half as label. */
const batches = (count: number) =>
  tf.data.array(
    Array.from({ length: count }, (_, i) => ({
      xs: tf.tensor2d([[i + 1]]),
      ys: tf.tensor2d([[(i + 1) / 2]]),
    })),
  );

test.each<[string, () => tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>]>([
  ['whose size is known', () => batches(2).skip(100)],
  ['whose size is not known', () => batches(2).filter(() => false)],
])('an empty dataset %s is refused to train on and to be evaluated on', async (_, empty) => {
  const model = compiled();
  const options = { epochs: 2, verbose: 0 as const };
  await expect(model.fitDataset(empty(), options)).rejects.toThrow(sentence('train'));
  const callbacks = [stopAtAccuracy()];
  await expect(model.fitDataset(empty(), { ...options, callbacks })).rejects.toThrow(
    sentence('train'),
  );
  const repeated = model.fitDataset(empty(), { ...options, batchesPerEpoch: 3 });
  await expect(repeated).rejects.toThrow(sentence('train'));
  await expect(model.evaluateDataset(empty(), {})).rejects.toThrow(sentence('evaluate the model'));
  const validated = model.fitDataset(batches(2), { ...options, validationData: empty() });
  await expect(validated).rejects.toThrow(
    /^Cannot (validate|evaluate the model): the dataset must/,
  );
  // The model is as free as before.
  expect((await model.fitDataset(batches(2), options)).epoch).toEqual([0, 1]);
});

test.each([
  [2, 3, 3],
  [4, 2, 5],
  [3, 2, 4],
])(
  'of %d batches, batchesPerEpoch %d makes in %d epochs the losses of Keras',
  async (count, batchesPerEpoch, epochs) => {
    const keras = await runPython<number[]>(
      `
import json, sys
import numpy as np, tensorflow as tf, keras
model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, kernel_initializer="ones")])
model.compile(keras.optimizers.SGD(0.1), "mse")
count, steps, epochs = map(int, sys.argv[1:])
xs = np.arange(1, count + 1, dtype="float32").reshape(count, 1)
data = tf.data.Dataset.from_tensor_slices((xs, xs / 2)).batch(1)
print(json.dumps(model.fit(data, epochs=epochs, steps_per_epoch=steps, verbose=0).history["loss"]))`,
      [count, batchesPerEpoch, epochs].map(String),
    );
    const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
    const options = { epochs, batchesPerEpoch, verbose: 0 as const };
    for (const data of [batches(count), batches(count).filter(() => true)]) {
      const { history } = await compiled().fitDataset(data, options);
      const short = (losses: unknown) => (losses as number[]).map((loss) => loss.toPrecision(5));
      expect(short(history['loss'])).toEqual(short(keras));
    }
    warn.mockRestore();
  },
);

test('that a pass is shorter than batchesPerEpoch is said once, and each epoch is validated', async () => {
  const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
  const options = { epochs: 2, batchesPerEpoch: 7, verbose: 0 as const };
  const validationData = batches(1);
  const { history } = await compiled().fitDataset(batches(2), { ...options, validationData });
  expect(history['val_loss']).toHaveLength(2);
  expect(warn.mock.calls).toEqual([
    [
      'batchesPerEpoch is 7, and the dataset gives 2 batches: each epoch is one pass through it. dataset.repeat() gives more.',
    ],
  ]);
  warn.mockRestore();
});

test('batches of an epoch that are fewer than the dataset gives go on where the last epoch ended', async () => {
  const seen: number[] = [];
  const data = batches(4).map((batch) => {
    seen.push((batch as { xs: tf.Tensor }).xs.dataSync()[0]!);
    return batch;
  });
  await compiled().fitDataset(data, { epochs: 2, batchesPerEpoch: 2, verbose: 0 });
  expect(seen).toEqual([1, 2, 3, 4]);
});

test('a dataset without end is refused where nothing tells how many batches are to be taken', async () => {
  const endless = () => batches(2).repeat();
  const told = (what: string, name: string) =>
    `Cannot ${what}: the dataset repeats without end, so that one pass would never be over; say by ${name} how many batches it has`;
  const options = { epochs: 1, verbose: 0 as const };
  await expect(compiled().fitDataset(endless(), options)).rejects.toThrow(
    told('train', 'batchesPerEpoch'),
  );
  await expect(
    compiled().fitDataset(batches(2), { ...options, validationData: endless() }),
  ).rejects.toThrow(told('validate', 'validationBatches'));
  await expect(compiled().evaluateDataset(endless(), {})).rejects.toThrow(
    told('evaluate the model', 'batches'),
  );
  const validationData = endless();
  const counted = { ...options, batchesPerEpoch: 3, validationData, validationBatches: 2 };
  const { history } = await compiled().fitDataset(endless(), counted);
  expect(Object.keys(history).sort()).toEqual(['loss', 'val_loss']);
  await compiled().evaluateDataset(endless(), { batches: 2 });
});
