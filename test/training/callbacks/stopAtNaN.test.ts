import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { tf } from '../../../src/tensorflow/tf';
import { keepCheckpoint } from '../../../src/training/checkpoints/keepCheckpoint';
import { resumeTraining } from '../../../src/training/checkpoints/resumeTraining';
import { stopAtNaN } from '../../../src/training/callbacks/stopAtNaN';
import { buildTiny, tinyData, valuesOf } from '../../support/tinyTraining';

// It says as well what was not finite.
beforeEach(() => jest.spyOn(console, 'warn').mockImplementation(() => {}));
afterEach(() => jest.restoreAllMocks());

/** The data of {@link tinyData}; from this batch on, counted over all epochs from 1, the labels are NaN. */
function spoiledFrom(batch: number) {
  let batches = 0;
  const dataset = tinyData().map(({ xs, ys }) => ({
    xs,
    ys: ++batches >= batch ? tf.mul(ys, NaN) : ys,
  }));
  return Object.assign(dataset, { size: 3 }) as unknown as tf.data.Dataset<{
    xs: tf.Tensor;
    ys: tf.Tensor;
  }>;
}

test.each([
  [5, 'epoch 2, batch 2', 'the end of epoch 1'],
  [1, 'epoch 1, batch 1', 'before the first epoch'],
  [9, 'epoch 3, batch 3', 'the end of epoch 2'],
])('stopAtNaN() ends a training whose batch %i is spoiled', async (batch, where, since) => {
  const before = tf.memory().numTensors;
  const model = buildTiny();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const kept = [valuesOf(model)];
  let batches = 0;
  const look = new tf.CustomCallback({
    onBatchEnd: async () => void batches++,
    onEpochEnd: async () => void kept.push(valuesOf(model)),
  });
  await expect(
    model.fitDataset(spoiledFrom(batch), {
      epochs: 4,
      verbose: 0,
      callbacks: [stopAtNaN(), look, keepCheckpoint({ folder })],
    }),
  ).rejects.toThrow(
    `Cannot go on training: the loss became NaN in ${where}. The model has the weights from ${since} again; ` +
      'compile it anew before you train it on, for example with a smaller learning rate',
  );
  const epochs = Math.floor((batch - 1) / 3);
  expect(batches).toBe(batch);
  expect(valuesOf(model)).toEqual(kept[epochs]);
  expect(valuesOf(model).flat().every(Number.isFinite)).toBe(true);

  const again = buildTiny();
  expect((await resumeTraining(again, folder)).epoch).toBe(epochs);
  if (epochs > 0) expect(valuesOf(again)).toEqual(kept[epochs]);
  else expect(await readdir(folder)).toEqual([]);
  for (const each of [model, again]) {
    each.dispose();
    each.optimizer.dispose();
  }
  await rm(folder, { recursive: true });
  expect(tf.memory().numTensors).toBe(before);
});

test('stopAtNaN() notices weights that the last step of an epoch has spoiled', async () => {
  const model = buildTiny();
  const before = valuesOf(model);
  const spoil = new tf.CustomCallback({
    onBatchEnd: async (batch) => {
      if (batch !== 2) return;
      tf.tidy(() => model.setWeights(model.getWeights().map((weight) => tf.mul(weight, Infinity))));
    },
  });
  await expect(
    model.fitDataset(tinyData(), { epochs: 2, verbose: 0, callbacks: [spoil, stopAtNaN()] }),
  ).rejects.toThrow(/: weight "dense_.*kernel" is no longer finite in epoch 1, batch 3\. /);
  expect(valuesOf(model)).toEqual(before);
  model.dispose();
});

test('stopAtNaN() leaves a healthy training alone', async () => {
  const [guarded, plain] = [buildTiny(), buildTiny()];
  const callbacks = [stopAtNaN()];
  await guarded.fitDataset(tinyData(), { epochs: 3, verbose: 0, callbacks });
  await plain.fitDataset(tinyData(), { epochs: 3, verbose: 0 });
  expect(valuesOf(guarded)).toEqual(valuesOf(plain));
  [guarded, plain].forEach((model) => model.dispose());
});
