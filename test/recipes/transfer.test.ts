import { mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { evaluatePictures } from '../../src/evaluation/evaluatePictures';
import { transfer } from '../../src/recipes/exercises/transfer';
import type { Recipe } from '../../src/recipes/recipe';
import { trainRecipe } from '../../src/recipes/trainRecipe';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { tf } from '../../src/tensorflow/tf';
import { tinyClassifier } from '../models/pretrained/tinyBackbone';
import { folderWith, png } from '../support/pictures';

let home: string;
let data: string;
/** The recipe with a backbone of 8×8 pictures; `smile-lab train --recipe transfer` trains with its own. */
let small: Recipe;

async function save(name: string, seed: number): Promise<string> {
  const folder = path.join(home, name);
  const classifier = tinyClassifier(seed);
  await saveClassifier(classifier, folder);
  classifier.model.dispose();
  return folder;
}

// Ten pictures of each of three colours, each a group of its own.
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
  const files: Record<string, Buffer | string> = {};
  const entries: object[] = [];
  const colours = { blue: [10, 10, 200], green: [10, 200, 10], red: [200, 10, 10] };
  for (const [name, [red, green, blue]] of Object.entries(colours)) {
    for (let i = 0; i < 10; i++) {
      const file = `${name}/${i}.png`;
      files[file] = await png(red! + 3 * i, green! + 2 * i, blue! + i, 8, 8);
      entries.push({ file, group: file });
    }
  }
  data = await folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
  small = {
    ...transfer,
    loading: { ...transfer.loading, imageSize: [8, 8], batchSize: 8 },
    rescale: { scale: 1 / 255 },
    backbone: { name: await save('backbone', 1), layer: 'second' },
  };
});

afterAll(() => Promise.all([home, data].map((folder) => rm(folder, { recursive: true }))));

const places = (name: string) => ({
  folder: path.join(home, name),
  logs: path.join(home, 'logs', name),
});

test('trainRecipe(transfer) trains a head of any number of classes on features, and gives a classifier of pictures', async () => {
  const before = tf.memory().numTensors;
  const done: unknown[] = [];
  const progress = async (what?: string) => (files: number, all: number) => {
    if (files === all) done.push([what, all]);
  };
  const run = await trainRecipe(small, { data, seed: 1, ...places('whole'), progress });
  expect(run.pictures).toEqual({ train: 21, validation: 6, test: 3 });
  expect(run.history.val_accuracy).toHaveLength(60);
  expect(done).toEqual([
    ['Looking at pictures', 30],
    ['Computing features', 27],
    ['Measuring', 3],
  ]);
  const { classNames, model, input } = run.classifier;
  expect([classNames, input.imageSize]).toEqual([
    ['blue', 'green', 'red'],
    [8, 8],
  ]);
  expect(model.layers.map(({ name }) => name).slice(0, 2)).toEqual(['pictures', 'first']);
  expect(model.outputShape).toEqual([null, 3]);
  expect(run.test?.accuracy).toBe(1);
  expect((await evaluatePictures(run.classifier, data)).accuracy).toBe(1);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('trainRecipe(transfer) goes on from its checkpoint as if it had not ended', async () => {
  const settings = { data, seed: 1 };
  const through = await trainRecipe(small, { ...settings, epochs: 4, ...places('through') });
  const half = await trainRecipe(small, { ...settings, epochs: 2, ...places('half') });
  const resumed = await trainRecipe(small, {
    ...settings,
    epochs: 4,
    resume: true,
    ...places('half'),
  });
  expect(resumed.history).toEqual(through.history);
  expect(resumed.test!.answers).toEqual(through.test!.answers);
  for (const { classifier } of [through, half, resumed]) classifier.model.dispose();
});

test('trainRecipe(transfer) does not go on with another backbone, nor with classes in another order', async () => {
  const settings = { data, seed: 1, epochs: 1, ...places('changed') };
  (await trainRecipe(small, settings)).classifier.model.dispose();
  const name = await save('other', 2);
  const other = { ...small, backbone: { name, layer: 'second' } };
  const noted = await readFile(path.join(settings.folder, 'run.json'), 'utf8');
  await expect(trainRecipe(other, { ...settings, epochs: 2, resume: true })).rejects.toThrow(
    `Cannot resume the run in ${JSON.stringify(settings.folder)}: its network was trained on the features of another backbone than ${name} up to second; begin a new run`,
  );
  expect(await readFile(path.join(settings.folder, 'run.json'), 'utf8')).toBe(noted);

  const [from, to] = ['blue', 'violet'].map((each) => path.join(data, each)) as [string, string];
  await rename(from, to);
  try {
    await expect(trainRecipe(small, { ...settings, epochs: 2, resume: true })).rejects.toThrow(
      'its classes are "green", "red", "violet", and were "blue", "green", "red"',
    );
  } finally {
    await rename(to, from);
  }
});

test('trainRecipe(transfer) refuses pictures that its backbone does not take, before it begins', async () => {
  const settings = { data, seed: 1, ...places('grey') };
  await expect(trainRecipe(small, { ...settings, colorMode: 'grayscale' })).rejects.toThrow(
    'its colorMode must be "rgb", as its model takes pictures [8, 8, 3], got "grayscale"',
  );
});

test('trainRecipe(transfer) does not begin when it is interrupted while features are computed', async () => {
  const controller = new AbortController();
  const progress = async (what?: string) => () => {
    if (what === 'Computing features') controller.abort(new Error('Interrupted'));
  };
  // An input of its own, so that its features are not known.
  const fresh: Recipe = { ...small, rescale: { scale: 1 / 254 } };
  const settings = { data, seed: 1, progress, signal: controller.signal };
  await expect(trainRecipe(fresh, settings)).rejects.toThrow('Interrupted');
});
