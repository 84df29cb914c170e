import { rm } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { loadImage } from '../../../src/images/datasets/loadImage';
import type { Resizing } from '../../../src/images/formats/resizing';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, png, speckled } from '../../support/pictures';

let folder: string;
let bytes: Buffer;

beforeAll(async () => {
  bytes = await speckled(37, 29, 4).png().toBuffer();
  folder = await folderWith({ 'a/new\nline 😀.png': bytes, 'b/1.png': await png() });
});

afterAll(() => rm(folder, { recursive: true }));

test.each(['bilinear', 'nearest'] as const)(
  'loadImage() gives the pixels of the dataset, %s',
  async (interpolation) => {
    const resizing: Resizing = { imageSize: [10, 12], interpolation };
    const dataset = await imageDatasetFromDirectory(folder, { ...resizing, shuffle: false });
    const [batch] = await dataset.toArray();
    const [expected] = batch?.xs.arraySync() ?? [];
    tf.dispose(batch);

    const before = tf.memory().numTensors;
    const fromFile = await loadImage(path.join(folder, 'a/new\nline 😀.png'), resizing);
    const fromBytes = await loadImage(bytes, resizing);
    expect(tf.memory().numTensors).toBe(before + 2);
    expect(fromFile.arraySync()).toEqual(expected);
    expect(fromBytes.arraySync()).toEqual(expected);
    tf.dispose([fromFile, fromBytes]);
  },
);

test('loadImage() reads part of a larger buffer', async () => {
  const part = new Uint8Array(Buffer.concat([Buffer.alloc(7), bytes])).subarray(7);
  const image = await loadImage(part);
  expect([image.shape, image.dtype]).toEqual([[256, 256, 3], 'float32']);
  image.dispose();
});

test('loadImage() throws on what is no picture', async () => {
  await expect(loadImage('nowhere.png')).rejects.toThrow(
    /^Cannot read picture "nowhere.png": it does not exist$/,
  );
  await expect(loadImage(folder)).rejects.toThrow(/: it is a folder$/);
  await expect(loadImage(Buffer.from('hello\nworld'))).rejects.toThrow(
    'Cannot read picture from 11 bytes: it is no PNG, JPEG, GIF, BMP or WebP, it begins with "hello.world"',
  );
  await expect(loadImage(7 as unknown as string)).rejects.toThrow(
    new TypeError('Cannot load picture: a path, a local address or a Buffer is required, got 7'),
  );
});

test('loadImage() throws when an option is wrong', async () => {
  await expect(loadImage('a.png', { imageSize: [0, 0] })).rejects.toThrow(
    new RangeError(
      'Cannot load picture "a.png": imageSize must be two whole numbers from 1, got [ 0, 0 ]',
    ),
  );
});
