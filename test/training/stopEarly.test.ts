import { tf } from '../../src/tensorflow/tf';
import { keepBestWeights } from '../../src/training/keepBestWeights';
import { stopEarly } from '../../src/training/stopEarly';
import { runPython } from '../support/keras';
import { buildTiny, endEpochs, tinyData, valuesOf } from '../support/tinyTraining';

const COURSES: number[][] = [
  [0.7, 0.6, 0.5, 0.4, 0.3, 0.2],
  [0.7, 0.6, 0.65, 0.61, 0.6, 0.5],
  [0.7, 0.7, 0.7, 0.7, 0.7, 0.7],
  [0.7, 0.695, 0.69, 0.685, 0.68, 0.6],
];
const SETTINGS: [patience: number, minDelta: number][] = [
  [1, 0],
  [2, 0],
  [2, 0.01],
  [3, 0.02],
];

const KERAS = `
import json, sys, keras

def epochs(course, patience, min_delta):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    callback = keras.callbacks.EarlyStopping(monitor='val_loss', patience=patience, min_delta=min_delta, mode='min')
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin()
    for epoch, loss in enumerate(course):
        callback.on_epoch_end(epoch, {'val_loss': loss})
        if model.stop_training:
            break
    return epoch + 1

courses, settings = json.loads(sys.argv[1])
print(json.dumps([[epochs(course, *setting) for setting in settings] for course in courses]))
`;

test('stopEarly() ends after the same epoch as EarlyStopping of Keras', async () => {
  const theirs = await runPython<number[][]>(KERAS, [JSON.stringify([COURSES, SETTINGS])]);
  const model = buildTiny();
  const ours: number[][] = [];
  for (const course of COURSES) {
    const logs = course.map((loss) => ({ val_loss: loss }));
    const ends: number[] = [];
    for (const [patience, minDelta] of SETTINGS) {
      const callback = stopEarly({ patience, minDelta, print: () => {} });
      ends.push(await endEpochs(callback, model, logs));
    }
    ours.push(ends);
  }
  expect(ours).toEqual(theirs);
  expect(new Set(ours.flat()).size).toBeGreaterThan(2);
  model.dispose();
});

test('stopEarly() says why, and passes over an epoch that was broken off', async () => {
  const model = buildTiny();
  const lines: string[] = [];
  const callback = stopEarly({ patience: 2, print: (line) => lines.push(line) });
  const losses = [0.5, 0.6, 0.7, 0.8].map((loss) => ({ val_loss: loss }));
  expect(await endEpochs(callback, model, losses)).toBe(3);
  expect(lines).toEqual([
    'Stopped after epoch 3: in the last 2 epochs the validation loss did not fall below 0.5000',
  ]);
  callback.setParams({ steps: 3, doValidation: true });
  await callback.onEpochEnd(3, { loss: 0.1 });
  model.dispose();
});

test('stopEarly() takes a loss of NaN for no improvement', async () => {
  const model = buildTiny();
  const callback = stopEarly({ patience: 2, print: () => {} });
  const epochs = [NaN, 0.5, NaN, 0.4, NaN, NaN, 0.3].map((loss) => ({ val_loss: loss }));
  expect(await endEpochs(callback, model, epochs)).toBe(6);
  model.dispose();
});

test('stopEarly() and keepBestWeights() fail without validation, and say what is missing', async () => {
  const model = buildTiny();
  for (const [callback, action] of [
    [stopEarly({ patience: 1 }), 'Cannot stop early'],
    [keepBestWeights(), 'Cannot keep the best weights'],
  ] as const) {
    await expect(
      model.fitDataset(tinyData(), { epochs: 1, verbose: 0, callbacks: [callback] }),
    ).rejects.toThrow(
      `${action}: it goes by the validation loss, and the training needs validationData; logged was loss, acc`,
    );
  }
  model.dispose();
});

test.each([
  [{ patience: 0 }, 'a patience of 0: it must be a whole number from 1'],
  [{ patience: 1.5 }, 'a patience of 1.5: it must be a whole number from 1'],
  [{ patience: 1, minDelta: -1 }, 'a minDelta of -1: it must be a number from 0'],
])('stopEarly(%j) throws', (options, message) => {
  expect(() => stopEarly(options)).toThrow(new RangeError(`Cannot stop early with ${message}`));
});

test('keepBestWeights() gives back the weights of the epoch with the lowest validation loss', async () => {
  const before = tf.memory().numTensors;
  const model = buildTiny();
  const lines: string[] = [];
  const seen: number[][][] = [];
  const look = new tf.CustomCallback({
    onEpochEnd: async () => void seen.push(valuesOf(model)),
  });
  // The second half of the validation data is what is learned first wrong, so that the loss rises again.
  const validation = tinyData().map(({ xs, ys }) => ({ xs, ys: tf.sub(1, ys) }));
  const { history } = await model.fitDataset(tinyData(), {
    epochs: 4,
    verbose: 0,
    validationData: validation as unknown as tf.data.Dataset<tf.TensorContainer>,
    callbacks: [keepBestWeights((line) => lines.push(line)), look],
  });
  const losses = history['val_loss'] as number[];
  const best = losses.indexOf(Math.min(...losses));
  expect(valuesOf(model)).toEqual(seen[best]);
  expect(best).toBeLessThan(3);
  expect(lines).toEqual([
    `The weights are those of epoch ${best + 1}, with the lowest validation loss: ${losses[best]?.toFixed(4)}`,
  ]);
  model.dispose();
  model.optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
