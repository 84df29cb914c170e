import { rm } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { imageDatasetFromFiles } from '../../../src/images/datasets/imageDatasetFromFiles';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith } from '../../support/pictures';
import { scene } from '../../support/scenes';

let folder = '';
const classNames = ['happy', 'sad'];
beforeAll(async () => {
  folder = await folderWith({
    'happy/1.png': await scene(1).png().toBuffer(),
    'happy/2.png': await scene(2).png().toBuffer(),
    'sad/3.jpg': await scene(3).jpeg().toBuffer(),
    'sad/broken.png': 'no picture',
  });
});
afterAll(() => rm(folder, { recursive: true }));

const list = () =>
  ['happy/1.png', 'happy/2.png', 'sad/3.jpg'].map((name, i) => ({
    path: path.join(folder, name),
    label: Number(i === 2),
  }));

test('imageDatasetFromFiles() gives the batches that imageDatasetFromDirectory() gives of the same files', async () => {
  const options = { imageSize: [20, 30], batchSize: 2, labelMode: 'binary', seed: 5 } as const;
  const before = tf.memory().numTensors;
  for (const shuffle of [false, true]) {
    const ours = await imageDatasetFromFiles(list(), { classNames, ...options, shuffle });
    const theirs = await imageDatasetFromDirectory(folder, {
      ...options,
      shuffle,
      skipUnreadable: true,
    });
    expect([ours.size, ours.classNames]).toEqual([2, classNames]);
    const [batches, expected] = [await ours.toArray(), await theirs.toArray()];
    expect(batches.map(({ xs }) => xs.shape)).toEqual([
      [2, 20, 30, 3],
      [1, 20, 30, 3],
    ]);
    // Shuffled, the directory's order is drawn from the order that it has drawn before.
    const values = (all: typeof batches) => all.flatMap(({ ys }) => [...ys.dataSync()]);
    expect(values(batches).sort()).toEqual(values(expected).sort());
    if (!shuffle) {
      expect(batches.map(({ xs }) => xs.dataSync())).toEqual(
        expected.map(({ xs }) => xs.dataSync()),
      );
    }
    tf.dispose([batches, expected]);
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('imageDatasetFromFiles() repeats its orders with a seed', async () => {
  const pictures = Array.from({ length: 5 }, () => list()).flat();
  const labels = async (seed: number) => {
    const options = { classNames, imageSize: [4, 4], seed } as const;
    const batches = await (await imageDatasetFromFiles(pictures, options)).toArray();
    const found = batches.flatMap(({ ys }) => [...ys.dataSync()]);
    tf.dispose(batches);
    return found.join('');
  };
  expect(await labels(1)).toBe(await labels(1));
  expect(await labels(1)).not.toBe(await labels(2));
});

test('imageDatasetFromFiles() refuses what is no list, no classes, and a picture that cannot be read', async () => {
  const load = (pictures: unknown, names: unknown = classNames) =>
    imageDatasetFromFiles(pictures as [], { classNames: names as string[] });
  await expect(load([])).rejects.toThrow(
    'Cannot load pictures from a list: at least one is required, got []',
  );
  await expect(load('data')).rejects.toThrow('at least one is required, got "data"');
  await expect(load(list(), ['happy'])).rejects.toThrow('classNames must name two classes or more');
  await expect(load([{ path: 'a.png', label: 2 }])).rejects.toThrow(
    "each label must be an index in [ 'happy', 'sad' ], got 2 for \"a.png\"",
  );
  const broken = { path: path.join(folder, 'sad/broken.png'), label: 1 };
  await expect(load([...list(), broken])).rejects.toThrow(
    /^Cannot read picture ".*broken\.png": it is no PNG/,
  );
  await expect(
    imageDatasetFromFiles(list(), { classNames: ['a', 'b', 'c'], labelMode: 'binary' }),
  ).rejects.toThrow('labelMode "binary" requires two classes');
});
