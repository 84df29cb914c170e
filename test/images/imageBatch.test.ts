import { rm } from 'node:fs/promises';
import path from 'node:path';

import { encodeLabels, readPictures } from '../../src/images/imageBatch';
import { tf } from '../../src/tensorflow/tf';
import { folderWith, png } from '../support/pictures';

const SMALL = { imageSize: [2, 3], interpolation: 'bilinear' } as const;
let folder: string;

beforeAll(async () => {
  const files: Record<string, Buffer> = {};
  for (let i = 0; i < 70; i++) files[`${i}.png`] = await png(i, 100, 200);
  folder = await folderWith(files);
});

afterAll(() => rm(folder, { recursive: true }));

test('readPictures() keeps the order, also of more files than are read at once', async () => {
  const pictures = Array.from({ length: 70 }, (_, i) => ({
    path: path.join(folder, `${i}.png`),
    label: 0,
  }));
  const before = tf.memory().numTensors;
  const xs = await readPictures(pictures, SMALL);
  expect([xs.shape, xs.dtype]).toEqual([[70, 2, 3, 3], 'float32']);
  const corners = tf.tidy(() => xs.slice([0, 1, 2, 0], [70, 1, 1, 3]).reshape([70, 3]).arraySync());
  expect(corners).toEqual(pictures.map((_, i) => [i, 100, 200]));
  xs.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test('readPictures() leaks nothing when a file is missing', async () => {
  const pictures = ['0.png', 'missing.png'].map((name) => ({
    path: path.join(folder, name),
    label: 0,
  }));
  const before = tf.memory().numTensors;
  await expect(readPictures(pictures, SMALL)).rejects.toThrow(/missing.png": it does not exist$/);
  expect(tf.memory().numTensors).toBe(before);
});

test('encodeLabels() gives what each loss function takes, and leaks nothing', () => {
  const before = tf.memory().numTensors;
  const binary = encodeLabels([0, 1], 'binary', 2);
  expect([binary.dtype, binary.arraySync()]).toEqual(['float32', [[0], [1]]]);
  const categorical = encodeLabels([2, 0], 'categorical', 3);
  expect([categorical.dtype, categorical.arraySync()]).toEqual([
    'float32',
    [
      [0, 0, 1],
      [1, 0, 0],
    ],
  ]);
  const int = encodeLabels([2, 0], 'int', 3);
  expect([int.dtype, int.arraySync()]).toEqual(['int32', [2, 0]]);
  tf.dispose([binary, categorical, int]);
  expect(tf.memory().numTensors).toBe(before);
});
