import { rm } from 'node:fs/promises';
import path from 'node:path';

import { crossValidate, type TrainingFold } from '../../src/training/crossValidate';
import { tf } from '../../src/tensorflow/tf';
import { stopTrainings } from '../../src/training/fit/stopTrainings';
import { inTerminal, runCompiled } from '../support/children';
import { smallClassifier } from '../support/classifier';
import { folderWith, speckled } from '../support/pictures';

let folder: string;

beforeAll(async () => {
  const files: Record<string, Buffer> = {};
  for (let i = 0; i < 6; i++) {
    const side = 16 + 4 * i;
    files[`happy/${i}.png`] = await speckled(side, 60 - side, 3)
      .png()
      .toBuffer();
    files[`sad/${i}.png`] = await speckled(side, 61, 3).negate().png().toBuffer();
  }
  folder = await folderWith(files);
});

afterAll(() => rm(folder, { recursive: true }));

/** Says "sad" with this probability, whatever the picture. */
function always(probability: number) {
  const classifier = smallClassifier(1);
  const weights = classifier.model.getWeights();
  const bias = Math.log(probability / (1 - probability));
  tf.tidy(() =>
    classifier.model.setWeights([
      ...weights.slice(0, -2).map((weight) => tf.zerosLike(weight)),
      tf.zerosLike(weights.at(-2)!),
      tf.tensor1d([bias]),
    ]),
  );
  return classifier;
}

test('crossValidate() measures each fold on pictures that it was not trained on', async () => {
  const given: TrainingFold[] = [];
  const before = tf.memory().numTensors;
  const { folds } = await crossValidate(folder, {
    folds: 3,
    seed: 7,
    train: async (fold) => {
      given.push(fold);
      return always(0.9);
    },
  });
  expect(tf.memory().numTensors).toBe(before);
  expect(given.map(({ index, seed }) => [index, seed])).toEqual([
    [0, 7],
    [1, 8],
    [2, 9],
  ]);
  const all: string[] = [];
  for (const [i, { mistakes, count }] of folds.entries()) {
    const trained = given[i]!.train.map((picture) => picture.path);
    expect(trained.length + count).toBe(12);
    // "sad" is said of all, so that the mistakes are the happy ones.
    expect(mistakes.map(({ trueClass }) => trueClass)).toEqual(mistakes.map(() => 'happy'));
    for (const { path: tested } of mistakes) expect(trained).not.toContain(tested);
    all.push(...mistakes.map(({ path: tested }) => path.basename(tested)));
  }
  expect(all.sort()).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png', '5.png']);
});

test('crossValidate() gives mean and sample standard deviation', async () => {
  const probabilities = [0.5, 0.75, 0.9];
  const { mean, spread, folds } = await crossValidate(folder, {
    folds: 3,
    seed: 1,
    train: async ({ index }) => always(probabilities[index]!),
  });
  expect(folds.map(({ count }) => count)).toEqual([4, 4, 4]);
  // Half of each fold is of either class: half the pictures get −ln p, half −ln(1 − p).
  const losses = probabilities.map((p) => -(Math.log(p) + Math.log(1 - p)) / 2);
  const expected = (losses[0]! + losses[1]! + losses[2]!) / 3;
  const squares = losses.map((loss) => (loss - expected) ** 2);
  expect(mean.loss).toBeCloseTo(expected, 5);
  expect(spread.loss).toBeCloseTo(Math.sqrt((squares[0]! + squares[1]! + squares[2]!) / 2), 5);
  expect([mean.accuracy, spread.accuracy]).toEqual([0.5, 0]);
  // 0.5 is not above 0.5: the first fold says "happy", the others "sad".
  expect(mean.recall).toBeCloseTo(2 / 3, 12);
  expect(spread.recall).toBeCloseTo(Math.sqrt((4 / 9 + 1 / 9 + 1 / 9) / 2), 12);
});

test('crossValidate() tells in one line of a terminal which fold trains, and its epoch', async () => {
  const code = `
    await lab.crossValidate(process.argv[1], {
      folds: 2,
      seed: 1,
      train: async ({ train, classNames, progress }) => {
        const model = tf.sequential({
          layers: [tf.layers.flatten({ inputShape: [4, 4, 3] }), tf.layers.dense({ units: 1, activation: 'sigmoid' })],
        });
        model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
        const [xs, ys] = [tf.zeros([train.length, 4, 4, 3]), tf.tensor2d(train.map(({ label }) => [label]))];
        const slowly = new tf.CustomCallback({ onBatchBegin: () => new Promise((resolve) => setTimeout(resolve, 110)) });
        await model.fit(xs, ys, { epochs: 2, batchSize: 3, verbose: 0, callbacks: [slowly, progress] });
        return { model, classNames, input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } } };
      },
    });`;
  const wrap = (command: string[]) => inTerminal(command, 100);
  const { stdout } = await runCompiled(code, [folder], { wrap });
  const frames = stdout.split('\r\x1b[2K').slice(1);
  for (const fold of ['Fold 1/2', 'Fold 2/2']) {
    const place = frames.indexOf(fold);
    expect(frames[place + 1]).toMatch(
      new RegExp(`^${fold} · Epoch 1/2 ━+╌+ 1/2 · loss [\\d.]+ · .*/step$`),
    );
    expect(frames.slice(place + 2).join('\n')).toContain(`${fold} · Epoch 2/2 `);
  }
  expect(frames.at(-1)).toBe('2 folds trained and measured\r\n');
  expect(stdout.split('\n')).toHaveLength(2);
});

test('crossValidate() gives no mean of folds one of which was stopped', async () => {
  const before = tf.memory().numTensors;
  const trained: number[] = [];
  const train = async ({ index, classNames }: TrainingFold) => {
    trained.push(index);
    const model = tf.sequential({
      layers: [
        tf.layers.flatten({ inputShape: [4, 4, 3] }),
        tf.layers.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy' });
    const [xs, ys] = [tf.zeros([2, 4, 4, 3]), tf.zeros([2, 1])];
    const stop = {
      onEpochEnd: async () => {
        if (index === 1) void stopTrainings();
      },
    };
    await model.fit(xs, ys, { epochs: 3, verbose: 0, callbacks: stop });
    tf.dispose([xs, ys]);
    const imageSize: [number, number] = [4, 4];
    return { model, classNames, input: { imageSize, rescale: { scale: 1 / 255 } } };
  };
  await expect(crossValidate(folder, { folds: 2, seed: 1, train })).rejects.toThrow(
    'Cannot cross-validate: every fold must be trained to its end, and fold 2/2 was stopped',
  );
  expect(trained).toEqual([0, 1]);
  expect(tf.memory().numTensors).toBe(before);
});

test('crossValidate() throws on other classes, on a failed training, and on wrong folds', async () => {
  const before = tf.memory().numTensors;
  const other = async () => ({ ...always(0.9), classNames: ['sad', 'happy'] });
  await expect(crossValidate(folder, { folds: 3, seed: 1, train: other })).rejects.toThrow(
    'Cannot cross-validate: the classifier must name the classes ["happy","sad"] in this order, got ["sad","happy"]',
  );
  const failed = () => Promise.reject(new Error('no memory'));
  await expect(crossValidate(folder, { folds: 3, seed: 1, train: failed })).rejects.toThrow(
    'no memory',
  );
  const train = async () => always(0.9);
  await expect(crossValidate(folder, { folds: 1, seed: 1, train })).rejects.toThrow(RangeError);
  await expect(crossValidate(folder, { folds: 7, seed: 1, train })).rejects.toThrow(RangeError);
  expect(tf.memory().numTensors).toBe(before);
});
