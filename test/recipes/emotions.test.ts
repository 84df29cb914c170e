import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import { evaluateClassifier } from '../../src/evaluation/evaluateClassifier';
import { imageDatasetFromDirectory } from '../../src/images/datasets/imageDatasetFromDirectory';
import { listPictures } from '../../src/images/formats/listPictures';
import { buildEmotion } from '../../src/models/buildEmotion';
import { emotions } from '../../src/recipes/exercises/emotions';
import type { Recipe } from '../../src/recipes/recipe';
import { trainRecipe } from '../../src/recipes/trainRecipe';
import { tf } from '../../src/tensorflow/tf';
import { folderWith, png } from '../support/pictures';

/** The recipe with pictures of 22×22. */
const small: Recipe = {
  ...emotions,
  loading: { ...emotions.loading, imageSize: [22, 22] },
  build: (options) => buildEmotion({ ...options, imageSize: [22, 22] }),
};

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(os.tmpdir(), 'smile-lab-'));
});
afterAll(() => rm(home, { recursive: true }));

const places = (name: string) => ({
  folder: path.join(home, name),
  logs: path.join(home, 'logs', name),
});

/** Classes of so many pictures, each in a group of its own. */
async function classesOf(names: readonly string[], pictures: number): Promise<string> {
  const files: Record<string, Buffer | string> = {};
  const entries: object[] = [];
  for (const [label, name] of names.entries()) {
    for (let i = 0; i < pictures; i++) {
      const file = `${name}/${i}.png`;
      files[file] = await png((label * 53) % 256, (label * 101 + i) % 256, (i * 31) % 256);
      entries.push({ file, group: file });
    }
  }
  return folderWith({ ...files, 'manifest.json': JSON.stringify(entries) });
}

test('trainRecipe(emotions) trains nine classes, measures each, and resumes', async () => {
  const before = tf.memory().numTensors;
  const data = await classesOf('abcdefghi'.split(''), 10);
  const settings = { data, seed: 1, ...places('nine') };
  const run = await trainRecipe(small, { ...settings, epochs: 1 });
  expect(run.pictures).toEqual({ train: 63, validation: 18, test: 9 });
  expect(run.classifier.model.outputs[0]!.shape).toEqual([null, 9]);
  expect(run.test?.classes.map(({ name, count }) => `${name}${count}`).join(' ')).toBe(
    'a1 b1 c1 d1 e1 f1 g1 h1 i1',
  );
  const resumed = await trainRecipe(small, { ...settings, epochs: 2, resume: true });
  expect(resumed.history.loss).toHaveLength(2);
  for (const { classifier } of [run, resumed]) classifier.model.dispose();
  expect(tf.memory().numTensors).toBe(before);
  await rm(data, { recursive: true });
});

test('trainRecipe(emotions) gives two classes one sigmoid, as all networks here', async () => {
  const data = await classesOf(['happy', 'sad'], 10);
  const { classifier, test } = await trainRecipe(small, { data, seed: 1, epochs: 1 });
  expect(classifier.model.outputs[0]!.shape).toEqual([null, 1]);
  expect(test?.classes.map(({ name }) => name)).toEqual(['happy', 'sad']);
  classifier.model.dispose();
  await rm(data, { recursive: true });
});

test('trainRecipe(emotions) keeps the order of numeric names that Keras has, 1 before 10 before 2', async () => {
  // keras.utils.image_dataset_from_directory(folder).class_names, Keras 3.15.1: ['1', '10', '2', 'Happy', 'happy']
  const data = await classesOf(['2', 'happy', '10', 'Happy', '1'], 5);
  const lines: string[] = [];
  const print = (line: string) => lines.push(line);
  const run = await trainRecipe(small, { data, seed: 1, epochs: 1, ...places('numeric'), print });
  const names = ['1', '10', '2', 'Happy', 'happy'];
  expect(run.classifier.classNames).toEqual(names);
  expect(run.test?.classes.map(({ name }) => name)).toEqual(names);
  expect(lines).toContain('"Happy", "happy" differ only in capitals, and are trained as 2 classes');
  run.classifier.model.dispose();
  await rm(data, { recursive: true });
});

test('trainRecipe(emotions) names a class that cannot be split, since it has one picture', async () => {
  const data = await folderWith({});
  const others = await classesOf(['angry', 'sad'], 4);
  await cp(others, data, { recursive: true });
  await rm(path.join(data, 'manifest.json'));
  await mkdir(path.join(data, 'afraid'));
  await writeFile(path.join(data, 'afraid/only.png'), await png(1, 2, 3));
  await expect(trainRecipe(small, { data, seed: 1, ...places('single') })).rejects.toThrow(
    /every part requires a picture of every class, got none of "afraid" for \w+; the class has 1 picture in 1 group/,
  );
  for (const folder of [data, others]) await rm(folder, { recursive: true });
});

test('trainRecipe(emotions) refuses one class, and more than a thousand', async () => {
  const one = await folderWith({ 'happy/1.png': '' });
  await expect(trainRecipe(small, { data: one, seed: 1 })).rejects.toThrow(
    'folders for at least two classes are required, got only "happy"',
  );
  const many = await folderWith({});
  for (let i = 0; i < 1001; i++) await mkdir(path.join(many, `class-${i}`));
  await expect(trainRecipe(small, { data: many, seed: 1 })).rejects.toThrow(
    `Cannot train emotions on ${JSON.stringify(many)}: folders for 2 to 1000 classes are required, got 1001: ` +
      '"class-0", "class-1", "class-10", "class-100", "class-1000", "class-101", "class-102", "class-103", "class-104", "class-105" and 991 more',
  );
  expect((await listPictures(many)).classNames).toHaveLength(1001);
  for (const folder of [one, many]) await rm(folder, { recursive: true });
});

test('a run of classes in another order is not resumed, and a model is not measured on labels of another order', async () => {
  const data = await classesOf(['angry', 'happy', 'sad'], 5);
  const settings = { data, seed: 1, ...places('order') };
  const { classifier } = await trainRecipe(small, { ...settings, epochs: 1 });
  const file = path.join(settings.folder, 'split.json');
  const split = JSON.parse(await readFile(file, 'utf8')) as { classNames: string[] };
  split.classNames.reverse();
  await writeFile(file, JSON.stringify(split));
  await expect(trainRecipe(small, { ...settings, epochs: 2, resume: true })).rejects.toThrow(
    'its classes are "angry", "happy", "sad", and were "sad", "happy", "angry"',
  );
  const batches = await imageDatasetFromDirectory(data, {
    labelMode: 'categorical',
    imageSize: [22, 22],
    seed: 1,
  });
  const rescaled = batches.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
  const swapped = { ...classifier, classNames: ['sad', 'happy', 'angry'] };
  await expect(evaluateClassifier(swapped, rescaled)).rejects.toThrow(
    'Cannot evaluate the model: the batches must have its classes in its order, "sad", "happy", "angry", got "angry", "happy", "sad"',
  );
  expect((await evaluateClassifier(classifier, rescaled)).count).toBe(15);
  classifier.model.dispose();
  await rm(data, { recursive: true });
});
