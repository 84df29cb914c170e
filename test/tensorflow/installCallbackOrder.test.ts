import { logRun } from '../../src/runs/log/logRun';
import { tf } from '../../src/tensorflow/tf';
import { keepCheckpoint } from '../../src/training/checkpoints/keepCheckpoint';
import { stopAtNaN } from '../../src/training/callbacks/stopAtNaN';
import { stopEarly } from '../../src/training/callbacks/stopEarly';
import { StepClock } from '../../src/training/progress/stepClock';
import { folderWith } from '../support/pictures';

/** Notes whose turn it is as an epoch ends, and lets the callback do its work. */
function watched<T extends tf.Callback>(callback: T, name: string, turns: string[]): T {
  const { onEpochEnd } = callback;
  callback.onEpochEnd = async (...args) => {
    turns.push(name);
    await onEpochEnd.apply(callback, args);
  };
  return callback;
}

test.each(['fit', 'fitDataset'] as const)(
  '%s calls clock and guard first, log and checkpoint last, and all others as they were listed',
  async (method) => {
    const folder = await folderWith({});
    const turns: string[] = [];
    const given = {
      checkpoint: keepCheckpoint({ folder: `${folder}/checkpoint` }),
      log: logRun({ run: `${folder}/log` }),
      second: new tf.CustomCallback({}),
      early: stopEarly({ patience: 1 }),
      guard: stopAtNaN(),
      clock: new StepClock(),
    };
    const callbacks = Object.entries(given).map(([name, callback]) =>
      watched(callback as tf.Callback, name, turns),
    );
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [xs, ys] = [tf.zeros([2, 1]), tf.ones([2, 1])];
    if (method === 'fit') {
      await model.fit(xs, ys, { epochs: 1, verbose: 0, callbacks, validationData: [xs, ys] });
    } else {
      const batches = tf.data.array([{ xs, ys }]);
      await model.fitDataset(batches, {
        epochs: 1,
        verbose: 0,
        callbacks,
        validationData: batches,
      });
    }
    expect(turns).toEqual(['clock', 'guard', 'second', 'early', 'log', 'checkpoint']);
    expect(callbacks).toHaveLength(6);
    model.dispose();
  },
);

test.each(['fit', 'fitDataset'] as const)(
  '%s takes plain objects beside callbacks, wherever they are listed',
  async (method) => {
    for (const isFirst of [true, false]) {
      const turns: string[] = [];
      const plain = {
        onEpochEnd: (epoch: number) => {
          turns.push(`plain ${epoch}`);
        },
      };
      const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      // It needs the model, which a plain object is not given.
      const early = watched(stopEarly({ patience: 1, print: () => {} }), 'early', turns);
      const callbacks = isFirst ? [plain, early] : [early, plain];
      const [xs, ys] = [tf.zeros([2, 1]), tf.zeros([2, 1])];
      const options = { epochs: 5, verbose: 0 as const, callbacks };
      const batches = tf.data.array([{ xs, ys }]);
      if (method === 'fit') await model.fit(xs, ys, { ...options, validationData: [xs, ys] });
      else await model.fitDataset(batches, { ...options, validationData: batches });
      const names = isFirst ? ['plain', 'early'] : ['early', 'plain'];
      // The loss is 0 from the beginning: the second epoch is the last one.
      expect(turns.map((turn) => turn.split(' ')[0])).toEqual([...names, ...names]);
      expect(callbacks).toContain(plain);
      model.dispose();
    }
  },
);

test('what is no callback is refused in fit, a function that makes one with the cure', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const fit = (callbacks: unknown) =>
    model.fit(tf.zeros([2, 1]), tf.ones([2, 1]), { verbose: 0, callbacks: callbacks as never });
  const wanted = 'Cannot train: each callback must be an object with functions such as onEpochEnd';
  for (const callbacks of [stopEarly, [stopEarly]]) {
    await expect(fit(callbacks)).rejects.toThrow('call it: stopEarly({ … }) makes a callback');
  }
  for (const callbacks of [[undefined], ['stopEarly'], 5]) {
    await expect(fit(callbacks)).rejects.toThrow(wanted);
  }
  model.dispose();
});

test.each<[string, (stop: tf.Callback) => object]>([
  ['a list of callbacks', (stop) => [stop]],
  ['one callback', (stop) => stop],
  ['a list with a plain object', (stop) => [stop, { onEpochEnd: async () => {} }]],
])('Node hears of other things while fit trains with %s', async (_, given) => {
  class StopWhenHeard extends tf.Callback {
    override async onBatchEnd(): Promise<void> {
      this.model.stopTraining = isHeard;
    }
  }
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  const [xs, ys] = [tf.zeros([200, 1]), tf.ones([200, 1])];
  let isHeard = false;
  setImmediate(() => (isHeard = true));
  const callbacks = given(new StopWhenHeard()) as tf.Callback;
  const { epoch } = await model.fit(xs, ys, { epochs: 50, batchSize: 1, verbose: 0, callbacks });
  expect(epoch.length).toBeLessThan(50);
  tf.dispose([xs, ys]);
  model.dispose();
});
