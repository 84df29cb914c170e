import { tf } from '../../../src/tensorflow/tf';
import { keepBestWeights } from '../../../src/training/callbacks/keepBestWeights';
import { stopEarly } from '../../../src/training/callbacks/stopEarly';
import { runPython } from '../../support/keras';
import { buildTiny, endEpochs, tinyData, valuesOf } from '../../support/tinyTraining';

const COURSES: number[][] = [
  [0.7, 0.6, 0.5, 0.4, 0.3, 0.2],
  [0.7, 0.6, 0.65, 0.61, 0.6, 0.5],
  [0.7, 0.7, 0.7, 0.7, 0.7, 0.7],
  [0.7, 0.695, 0.69, 0.685, 0.68, 0.6],
  [Infinity, 1, 0.9, 1, 1, 1],
  [Infinity, Infinity, 1, 0.9, 1, 1, 1],
  [NaN, NaN, NaN, NaN, NaN],
  // Each by minDelta, or half of it, but for rounding.
  [0.95, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55],
  [1.1, 1, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3],
  [0.05, 0.04, 0.03, 0.02, 0.01],
];
const SETTINGS: [patience: number, minDelta: number][] = [
  [1, 0],
  [2, 0],
  [2, 0.01],
  [3, 0.02],
  [3, 0.1],
  [1, 0.1],
];

const KERAS = `
import json, sys, keras

def run(course, patience, min_delta):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])
    callback = keras.callbacks.EarlyStopping(monitor='val_loss', patience=patience, min_delta=min_delta, mode='min', restore_best_weights=True)
    callback.set_model(model)
    model.stop_training = False
    callback.on_train_begin()
    for epoch, loss in enumerate(course):
        callback.on_epoch_end(epoch, {'val_loss': loss})
        if model.stop_training:
            break
    return [epoch + 1, callback.best_epoch + 1]

courses, settings = json.loads(sys.argv[1])
print(json.dumps([[run([float(loss) for loss in course], *setting) for setting in settings] for course in courses]))
`;

/** The epoch after which the training ended, and the one whose weights it would have with keepBestWeights(). */
async function run(course: readonly number[], patience: number, minDelta: number) {
  const model = buildTiny();
  const print = () => {};
  const [stop, keep] = [stopEarly({ patience, minDelta, print }), keepBestWeights({ print })];
  const both = [keep, stop];
  const params = { steps: 1, epochs: course.length, doValidation: true };
  model.stopTraining = false;
  let epoch = 0;
  for (const callback of both) {
    callback.setModel(model);
    callback.setParams(params);
    await callback.onTrainBegin();
  }
  while (!model.stopTraining && epoch < course.length) {
    for (const callback of both) await callback.onEpochEnd(epoch, { val_loss: course[epoch]! });
    epoch++;
  }
  const { bestEpoch } = keep.state().values;
  model.dispose();
  return [epoch, bestEpoch as number];
}

test('stopEarly() ends after the same epoch as EarlyStopping of Keras, and keepBestWeights() keeps that of its restore_best_weights', async () => {
  const spelled = COURSES.map((course) => course.map(String));
  const theirs = await runPython<[number, number][][]>(KERAS, [
    JSON.stringify([spelled, SETTINGS]),
  ]);
  const ours: number[][][] = [];
  for (const course of COURSES) {
    const ends: number[][] = [];
    for (const setting of SETTINGS) ends.push(await run(course, ...setting));
    ours.push(ends);
  }
  // Where none was finite Keras keeps the first weights, and here there are none to keep.
  const expected = theirs.map((ends, i) =>
    ends.map(([end, best]) => [end, COURSES[i]!.slice(0, end).some(Number.isFinite) ? best : 0]),
  );
  expect(ours).toEqual(expected);
  expect(new Set(ours.flat(2)).size).toBeGreaterThan(4);
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
  [
    {},
    'a patience of undefined: it must be a whole number from 1, as in stopEarly({ patience: 3 })',
  ],
  [{ patience: '3' }, 'a patience of "3": it must be a whole number from 1'],
  [{ patience: 1, minDelta: -1 }, 'a minDelta of -1: it must be a number from 0'],
])('stopEarly(%j) throws', (options, message) => {
  const stop = () => stopEarly(options as { patience: number });
  expect(stop).toThrow(RangeError);
  expect(stop).toThrow(`Cannot stop early with ${message}`);
});

test.each([
  [{ monitor: 'val_loss' }, 'there is no option "monitor", it always watches the validation loss'],
  [
    { patience: 3, restoreBestWeights: true },
    'there is no option "restoreBestWeights". There are patience, minDelta, print',
  ],
  [3, 'options are required in an object, with patience, minDelta, print, got 3'],
  [undefined, 'options are required in an object, with patience, minDelta, print, got undefined'],
])('stopEarly(%j) says which options there are', (options, message) => {
  const stop = () => stopEarly(options as unknown as { patience: number });
  expect(stop).toThrow(TypeError);
  expect(stop).toThrow(message);
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
    callbacks: [keepBestWeights({ print: (line) => lines.push(line) }), look],
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

test("with keepBestWeights() beside it the weights are those of Keras' restore_best_weights, and the sentences are true", async () => {
  // The loss is the weight itself, which a step lowers by 0.05: 1, then 0.95, 0.9, 0.85 …
  const settings = [
    { patience: 3, minDelta: 0.2 },
    { patience: 3, minDelta: 0.04 },
    { patience: 2, minDelta: 0.08 },
  ];
  const theirs = await runPython<[number, number][]>(
    `import json, sys, numpy as np, keras
def run(patience, minDelta):
    m = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False, kernel_initializer='ones')])
    m.compile(keras.optimizers.SGD(0.05), loss=lambda y_true, y_pred: y_pred)
    x, y = np.ones((4, 1)), np.zeros((4, 1))
    stop = keras.callbacks.EarlyStopping(patience=patience, min_delta=minDelta, restore_best_weights=True)
    h = m.fit(x, y, epochs=20, batch_size=4, verbose=0, validation_data=(x, y), callbacks=[stop])
    return len(h.history['loss']), float(m.get_weights()[0][0, 0])
print(json.dumps([run(**s) for s in json.loads(sys.argv[1])]))`,
    [JSON.stringify(settings)],
  );
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const ours: [number, number][] = [];
  for (const setting of settings) {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 1, useBias: false, kernelInitializer: 'ones', inputShape: [1] }),
      ],
    });
    model.compile({
      optimizer: tf.train.sgd(0.05),
      loss: (_: tf.Tensor, p: tf.Tensor) => p.flatten(),
    });
    const [x, y] = [tf.ones([4, 1]), tf.zeros([4, 1])];
    const { history } = await model.fit(x, y, {
      ...{ epochs: 20, batchSize: 4, verbose: 0, validationData: [x, y] },
      callbacks: [stopEarly({ ...setting, print }), keepBestWeights({ print })],
    });
    ours.push([history['loss']!.length, model.getWeights()[0]!.dataSync()[0]!]);
    tf.dispose([x, y]);
    model.dispose();
  }
  expect(ours).toEqual(theirs.map(([epochs, weight]) => [epochs, expect.closeTo(weight, 6)]));
  expect(lines).toEqual([
    'Stopped after epoch 4: in the last 3 epochs the validation loss did not fall by more than 0.2 below 0.9500',
    'The weights are those of epoch 1, the last that lowered the validation loss by more than 0.2: 0.9500',
    expect.stringMatching(/^The weights are those of epoch 20, the last that lowered .* 0\.04: /),
    expect.stringMatching(/^The weights are those of epoch 19, the last that lowered .* 0\.08: /),
  ]);
});

test.each<[losses: number[], stopped: string, kept: string]>([
  [
    [NaN, NaN, NaN],
    'Stopped after epoch 3: in the last 2 epochs the validation loss was no finite number, but NaN',
    'The weights are those of the last epoch: in none was the validation loss a finite number',
  ],
  [
    [Infinity, Infinity, Infinity, 1],
    'Stopped after epoch 3: in the last 2 epochs the validation loss was no finite number, but Infinity',
    'The weights are those of the last epoch: in none was the validation loss a finite number',
  ],
  [
    [0.0000012344, 0.000002, 0.000003],
    'Stopped after epoch 3: in the last 2 epochs the validation loss did not fall below 0.00000123',
    'The weights are those of epoch 1, with the lowest validation loss: 0.00000123',
  ],
])('with validation losses %p the sentences say what they were', async (losses, stopped, kept) => {
  const model = buildTiny();
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const logs = losses.map((loss) => ({ val_loss: loss }));
  const stop = stopEarly({ patience: 2, print });
  const epochs = await endEpochs(stop, model, logs);
  const keep = keepBestWeights({ print });
  await endEpochs(keep, model, logs.slice(0, epochs));
  expect(lines).toEqual([stopped, kept]);
  model.dispose();
});
