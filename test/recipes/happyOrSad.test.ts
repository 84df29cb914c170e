import { readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../src/images/datasets/imageDatasetFromDirectory';
import { buildHappyOrSad } from '../../src/models/buildHappyOrSad';
import { tf } from '../../src/tensorflow/tf';
import { readRunLog } from '../../src/runs/log/readRunLog';
import { stopTrainings } from '../../src/training/fit/stopTrainings';
import { happyOrSad } from '../../src/recipes/exercises/happyOrSad';
import { trainRecipe } from '../../src/recipes/trainRecipe';
import { runCompiled, twoAtATime } from '../support/children';
import { folderWith, png, speckled } from '../support/pictures';

const temporary: string[] = [];
let darkAndLight: string;
/** Where the runs are logged. */
let logs: string;

async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  temporary.push(await folderWith(files));
  return temporary.at(-1) as string;
}

beforeAll(async () => {
  const files: [string, Buffer][] = [];
  for (let i = 0; i < 6; i++) {
    files.push([`dark/${i}.png`, await png(i, 0, 0)], [`light/${i}.png`, await png(255, 255, i)]);
  }
  darkAndLight = await folderOf(Object.fromEntries(files));
  logs = path.join(await folderOf({}), 'run');
});

afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true }))));

test('trainRecipe(happyOrSad) gives a classifier and tells how the training went', async () => {
  const lines: string[] = [];
  const options = { data: darkAndLight, epochs: 2, seed: 1, logs };
  const run = await trainRecipe(happyOrSad, { ...options, print: (line) => lines.push(line) });
  const { classifier, history, pictures, reachedAccuracy, seconds, msPerStep } = run;
  expect(classifier).toEqual({
    model: expect.any(tf.LayersModel),
    classNames: ['dark', 'light'],
    input: { imageSize: [150, 150], colorMode: 'rgb', rescale: { divisor: 255 } },
  });
  expect(pictures).toEqual({ train: 12, validation: 0, test: 0 });
  expect([history.loss.length, history.accuracy.length]).toEqual([2, 2]);
  expect([reachedAccuracy, lines]).toEqual([false, ['12 pictures, classes: dark, light']]);
  // Two steps an epoch, of 10 pictures and 2; what callbacks do after an epoch does not count.
  expect(msPerStep).toBeGreaterThan(0);
  expect(4 * msPerStep).toBeLessThan(1000 * seconds.fit);
  expect(seconds.load).toBeGreaterThan(0);
  const recorded = await readRunLog(run.logs);
  expect([recorded.state, recorded.problems]).toEqual(['finished', []]);
  expect(recorded.history).toEqual({ loss: history.loss, acc: history.accuracy });
  const [evaluation] = recorded.evaluations;
  expect(evaluation).toMatchObject({ name: 'training', count: 12, classNames: ['dark', 'light'] });
  expect(evaluation?.pictures.every(({ thumbnail }) => thumbnail !== null)).toBe(true);
  classifier.model.dispose();
});

test('trainRecipe(happyOrSad) gives the losses of lesson 1, whose cells look at pictures before they train', async () => {
  const files: [string, Buffer][] = [];
  for (let i = 0; i < 6; i++) {
    const speckles = await speckled(20 + i, 20, 3)
      .png()
      .toBuffer();
    files.push([`light/${i}.png`, speckles], [`dark/${i}.png`, await png(i, 7 * i, 90)]);
  }
  const data = await folderOf(Object.fromEntries(files));
  const run = await trainRecipe(happyOrSad, { data, epochs: 3, seed: 1, logs });
  const pictures = await imageDatasetFromDirectory(data, {
    imageSize: [150, 150],
    batchSize: 10,
    labelMode: 'binary',
    seed: 1,
  });
  tf.dispose(await pictures.take(1).toArray());
  const rescaled = pictures.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
  const model = buildHappyOrSad({ seed: 1 });
  const { history } = await model.fitDataset(rescaled, { epochs: 3, verbose: 0 });
  expect(history).toEqual({ loss: run.history.loss, acc: run.history.accuracy });
  model.dispose();
  run.classifier.model.dispose();
});

test('trainRecipe(happyOrSad) stops at 99.9 % and says so', async () => {
  const lines: string[] = [];
  const run = await trainRecipe(happyOrSad, {
    data: darkAndLight,
    epochs: 40,
    seed: 1,
    logs,
    print: (line) => lines.push(line),
  });
  expect(run.reachedAccuracy).toBe(true);
  expect(lines.at(-1)).toBe('Reached 99.9% accuracy so cancelling training!');
  expect(run.history.accuracy.map((accuracy) => accuracy >= 0.999)).toEqual([
    ...run.history.accuracy.slice(1).map(() => false),
    true,
  ]);
  run.classifier.model.dispose();
});

test('trainRecipe(happyOrSad) calls the callbacks, can be stopped, and leaks nothing', async () => {
  const before = tf.memory().numTensors;
  let batches = 0;
  const stop = new tf.CustomCallback({
    onBatchEnd: async () => {
      batches++;
      void stopTrainings();
    },
  });
  const options = { data: darkAndLight, epochs: 15, seed: 1, logs, callbacks: [stop] };
  const { classifier, history, reachedAccuracy } = await trainRecipe(happyOrSad, options);
  expect([batches, history.loss.length, reachedAccuracy]).toEqual([1, 1, false]);
  classifier.model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('trainRecipe(happyOrSad) does not begin once its signal is aborted', async () => {
  const before = tf.memory().numTensors;
  const controller = new AbortController();
  const lines: string[] = [];
  const training = trainRecipe(happyOrSad, {
    data: darkAndLight,
    epochs: 15,
    seed: 1,
    logs,
    print: (line) => lines.push(line),
    signal: controller.signal,
  });
  controller.abort(new Error('Interrupted'));
  await expect(training).rejects.toThrow('Interrupted');
  expect(tf.memory().numTensors).toBe(before);
});

test('trainRecipe(happyOrSad) throws on a damaged picture and leaks nothing', async () => {
  const whole = await speckled(20, 20, 3).png().toBuffer();
  const folder = await folderOf({
    'a/1.png': whole,
    'b/cut off.png': whole.subarray(0, whole.length / 2),
  });
  const before = tf.memory().numTensors;
  await expect(trainRecipe(happyOrSad, { data: folder, epochs: 1, seed: 1, logs })).rejects.toThrow(
    /^Cannot read picture ".*b\/cut off.png": it is cut off, damaged or of a rare kind/,
  );
  expect(tf.memory().numTensors).toBe(before);
});

test('trainRecipe(happyOrSad) throws unless there are two classes', async () => {
  const face = await png();
  const folder = await folderOf({ 'a/1.png': face, 'b/1.png': face, 'c "😀"/1.png': face });
  await expect(trainRecipe(happyOrSad, { data: folder, epochs: 1, seed: 1, logs })).rejects.toThrow(
    `Cannot train happy-or-sad on ${JSON.stringify(folder)}: folders for exactly two classes are required, got 3: "a", "b", "c \\"😀\\""`,
  );
});

test('trainRecipe(happyOrSad) throws on no epochs and leaks nothing', async () => {
  const before = tf.memory().numTensors;
  await expect(
    trainRecipe(happyOrSad, { data: darkAndLight, epochs: 0, seed: 1, logs }),
  ).rejects.toThrow('Cannot train "happy-or-sad": epochs must be a whole number from 1, got 0');
  expect(tf.memory().numTensors).toBe(before);
});

test('the same seed gives the same numbers in another process, another seed others', async () => {
  const faces = path.join(__dirname, '../../data/happy-or-sad');
  const files: [string, Buffer][] = [];
  for (const name of ['happy', 'sad']) {
    for (const file of (await readdir(path.join(faces, name))).sort().slice(0, 10)) {
      files.push([`${name}/${file}`, await readFile(path.join(faces, name, file))]);
    }
  }
  const data = await folderOf(Object.fromEntries(files));
  const code = `
    const run = await lab.trainRecipe(lab.happyOrSad, { data: args[0], epochs: 2, seed: Number(args[1]), logs: args[2] });
    const weights = await Promise.all(run.classifier.model.getWeights().map((weight) => weight.data()));
    const sums = weights.map((numbers) => require('node:crypto').createHash('sha256').update(numbers).digest('hex'));
    console.log(JSON.stringify({ ...run.history, sums }));`;
  const told = async (seed: string) => {
    const { stdout, stderr } = await runCompiled(code, [data, seed, logs]);
    expect(stderr).toBe('');
    return JSON.parse(stdout) as { loss: number[]; accuracy: number[]; sums: string[] };
  };
  const [first, same, other] = await Promise.all(twoAtATime(['1', '1', '2'], told));
  if (!first || !same || !other) throw new Error('Three processes must answer');
  expect(first.loss).toHaveLength(2);
  expect(same).toEqual(first);
  expect(other.loss).not.toEqual(first.loss);
  expect(other.sums[0]).not.toBe(first.sums[0]);
});
