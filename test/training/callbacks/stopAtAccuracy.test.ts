import { tf } from '../../../src/tensorflow/tf';
import type { Logs } from '../../../src/training/fit/accuracyOf';
import { stopAtAccuracy } from '../../../src/training/callbacks/stopAtAccuracy';

const SENTENCE = 'Reached 99.9% accuracy so cancelling training!';

/** A model that separates the two numbers from the start. */
function build(metrics: string[]): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], activation: 'sigmoid' })],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([[1]]), tf.tensor1d([0])]));
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics });
  return model;
}

/** Ends epochs with made-up logs, as a training does. */
async function endEpochs(logs: Logs[], threshold?: number) {
  const printed: string[] = [];
  const model = build(['accuracy']);
  const callback = stopAtAccuracy({ accuracy: threshold, print: (line) => printed.push(line) });
  callback.setModel(model);
  let epochs = 0;
  try {
    for (const log of logs) {
      await callback.onEpochEnd(epochs++, log as tf.Logs);
      if (model.stopTraining) break;
    }
    return { epochs, printed, stopped: model.stopTraining === true };
  } finally {
    model.dispose();
  }
}

test.each(['acc', 'accuracy'])('stopAtAccuracy() stops at 99.9 %% of %j', async (name) => {
  const logs = [0.5, 0.9989, 0.999, 1].map((value) => ({ loss: 0.1, [name]: value }));
  expect(await endEpochs(logs)).toEqual({ epochs: 3, printed: [SENTENCE], stopped: true });
});

test('stopAtAccuracy() reads tensors and leaves them alone', async () => {
  const logs = [tf.scalar(0.5), tf.scalar(1)].map((acc) => ({ acc }));
  const before = tf.memory().numTensors;
  expect(await endEpochs(logs)).toEqual({ epochs: 2, printed: [SENTENCE], stopped: true });
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(logs);
});

test('stopAtAccuracy() goes on below the threshold and on NaN', async () => {
  const logs: Logs[] = [{ acc: 0.998999 }, { acc: NaN }, { accuracy: NaN, val_acc: 1 }, { acc: 0 }];
  expect(await endEpochs(logs)).toEqual({ epochs: 4, printed: [], stopped: false });
});

test.each([
  [0.5, '50%'],
  [0.95, '95%'],
  [0.9995, '99.95%'],
  [0.29, '29%'],
  [1, '100%'],
  [1e-6, '0.0001%'],
])('stopAtAccuracy(%d) says %j', async (threshold, percent) => {
  const { printed } = await endEpochs([{ acc: threshold }], threshold);
  expect(printed).toEqual([`Reached ${percent} accuracy so cancelling training!`]);
});

test('stopAtAccuracy() says nothing of an epoch that something else broke off', async () => {
  const printed: string[] = [];
  const model = build(['accuracy']);
  const callback = stopAtAccuracy({ accuracy: 0.999, print: (line) => printed.push(line) });
  callback.setModel(model);
  model.stopTraining = true;
  await callback.onEpochEnd(0, { acc: 1 });
  expect(printed).toEqual([]);
  model.dispose();
});

test('stopAtAccuracy() throws when no accuracy is logged, and says what was', async () => {
  const required = "Cannot watch the accuracy: compile the model with metrics: ['accuracy']";
  await expect(endEpochs([{ loss: 0.7, val_acc: 1 }])).rejects.toThrow(
    `${required}; logged was loss, val_acc`,
  );
  await expect(endEpochs([{}])).rejects.toThrow(`${required}; logged was nothing`);
  await expect(stopAtAccuracy().onEpochEnd(0)).rejects.toThrow(`${required}; logged was nothing`);
});

test.each([0, -0.5, 1.001, 99.9, NaN])('stopAtAccuracy(%d) throws', (threshold) => {
  expect(() => stopAtAccuracy({ accuracy: threshold })).toThrow(
    new RangeError(`Cannot stop at an accuracy of ${threshold}: it must be above 0 and at most 1`),
  );
});

describe('stopAtAccuracy() in a training', () => {
  const xs = tf.tensor2d([[-1], [1]]);
  const ys = tf.tensor2d([[0], [1]]);

  afterAll(() => tf.dispose([xs, ys]));

  test('ends it after the epoch that reached the threshold', async () => {
    const model = build(['accuracy']);
    const printed: string[] = [];
    const callbacks = [stopAtAccuracy({ accuracy: 1, print: (line) => printed.push(line) })];
    const { epoch, history } = await model.fit(xs, ys, { epochs: 5, verbose: 0, callbacks });
    expect([epoch, history['acc']]).toEqual([[0], [1]]);
    expect(printed).toEqual(['Reached 100% accuracy so cancelling training!']);
    model.dispose();
  });

  test('makes it fail when the model does not measure the accuracy', async () => {
    const model = build([]);
    await expect(
      model.fit(xs, ys, { epochs: 5, verbose: 0, callbacks: [stopAtAccuracy()] }),
    ).rejects.toThrow("compile the model with metrics: ['accuracy']; logged was loss");
    model.dispose();
  });

  test('writes the sentence to standard output', async () => {
    const model = build(['accuracy']);
    const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
    await model.fit(xs, ys, { epochs: 5, verbose: 0, callbacks: [stopAtAccuracy()] });
    const written = write.mock.calls.map(([text]) => text);
    write.mockRestore();
    expect(written).toContain(`${SENTENCE}\n`);
    model.dispose();
  });
});
