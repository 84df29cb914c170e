import { tf } from '../../../src/tensorflow/tf';
import { stopTrainings } from '../../../src/training/fit/stopTrainings';

// The Stop button of a real notebook is pressed in realKernel.test.ts, Ctrl-C in cli/train.test.ts.

const [xs, ys] = [tf.ones([12, 1]), tf.zeros([12, 1])];
afterAll(() => tf.dispose([xs, ys]));

const batches = () =>
  tf.data.array(Array.from({ length: 12 }, () => ({ xs: [1], ys: [0] }))).batch(4);

function build(kind: 'Sequential' | 'functional'): tf.LayersModel {
  const dense = tf.layers.dense({ units: 1, kernelInitializer: 'ones' });
  const input = tf.input({ shape: [1] });
  const model =
    kind === 'Sequential'
      ? tf.sequential({ layers: [tf.layers.inputLayer({ inputShape: [1] }), dense] })
      : tf.model({ inputs: input, outputs: dense.apply(input) as tf.SymbolicTensor });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return model;
}

type Callbacks = Array<tf.Callback | tf.CustomCallback>;

const TRAININGS = {
  fit: (model: tf.LayersModel, options: { epochs: number; callbacks: Callbacks }) =>
    model.fit(xs, ys, { ...options, batchSize: 4, verbose: 0 }),
  fitDataset: (model: tf.LayersModel, options: { epochs: number; callbacks: Callbacks }) =>
    model.fitDataset(batches(), { ...options, verbose: 0 }),
};

/** Counts batches, and asks for the end after some of them. */
class StopAfter extends tf.Callback {
  batches = 0;
  stopped: Promise<number> | undefined;

  constructor(private readonly last: number) {
    super();
  }

  override async onBatchEnd(): Promise<void> {
    if (++this.batches === this.last) this.stopped = stopTrainings();
  }
}

test.each(
  (['Sequential', 'functional'] as const).flatMap((kind) =>
    (['fit', 'fitDataset'] as const).map((method) => [method, kind] as const),
  ),
)(
  'stopTrainings() ends %s of a %s model after the batch, keeps the weights, and later trainings run',
  async (method, kind) => {
    const model = build(kind);
    const stop = new StopAfter(5);
    const { epoch } = await TRAININGS[method](model, { epochs: 1000, callbacks: [stop] });
    expect(await stop.stopped).toBe(1);
    // Three batches an epoch: the fifth is the second of epoch 1.
    expect([stop.batches, epoch]).toEqual([5, [0, 1]]);
    const [kernel] = model.getWeights();
    expect(kernel?.dataSync()[0]).toBeLessThan(1);

    const later = new StopAfter(Infinity);
    const { epoch: laterEpochs } = await TRAININGS[method](model, {
      epochs: 3,
      callbacks: [later],
    });
    expect([later.batches, laterEpochs]).toEqual([9, [0, 1, 2]]);
    model.dispose();
  },
);

test('stopTrainings() resolves when the training has ended', async () => {
  const model = build('Sequential');
  const stop = new StopAfter(2);
  const training = TRAININGS.fit(model, { epochs: 1000, callbacks: [stop] });
  while (!stop.stopped) await new Promise(setImmediate);
  await stop.stopped;
  // A model refuses a second training while one runs.
  await model.fit(xs, ys, { epochs: 1, verbose: 0 });
  await training;
  model.dispose();
});

test('stopTrainings() ends all trainings, and those that fail', async () => {
  const [one, two] = [build('Sequential'), build('functional')];
  const stop = new StopAfter(2);
  const failing = new tf.CustomCallback({
    onEpochEnd: async () => {
      throw new Error('no');
    },
  });
  const trainings = [
    TRAININGS.fit(one, { epochs: 1000, callbacks: [stop] }),
    TRAININGS.fitDataset(two, { epochs: 1000, callbacks: [failing] }),
  ];
  const outcomes = await Promise.allSettled(trainings);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await stop.stopped).toBe(2);
  for (const model of [one, two]) model.dispose();
});

test('stopTrainings() has nothing to do without a training', async () => {
  expect(await stopTrainings()).toBe(0);
});

test('stopTrainings() leaks nothing', async () => {
  const model = build('Sequential');
  await TRAININGS.fitDataset(model, { epochs: 1, callbacks: [] });
  const before = tf.memory().numTensors;
  await TRAININGS.fitDataset(model, { epochs: 1000, callbacks: [new StopAfter(2)] });
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});
