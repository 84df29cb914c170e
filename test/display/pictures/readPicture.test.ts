import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import sharp from 'sharp';
import { readPicture } from '../../../src/display/pictures/readPicture';
import { tf } from '../../../src/tensorflow/tf';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'read picture 😀 '));
});
afterAll(() => rm(folder, { recursive: true }));

test('readPicture() reads pixels and size', async () => {
  const file = path.join(folder, 'two.png');
  const pixels = Uint8Array.from([255, 0, 0, 0, 0, 255]);
  await sharp(pixels, { raw: { width: 2, height: 1, channels: 3 } }).toFile(file);
  const before = tf.memory().numTensors;
  expect(await readPicture(file)).toEqual({ pixels, width: 2, height: 1 });
  expect(tf.memory().numTensors).toBe(before);
});

test('readPicture() drops transparency, as the loader does', async () => {
  const file = path.join(folder, 'transparent.png');
  const pixels = Uint8Array.from([10, 20, 30, 0]);
  await sharp(pixels, { raw: { width: 1, height: 1, channels: 4 } }).toFile(file);
  expect([...(await readPicture(file)).pixels]).toEqual([10, 20, 30]);
});

test('readPicture() shrinks a large photograph in its proportions', async () => {
  const file = path.join(folder, 'large.jpg');
  await sharp({ create: { width: 3000, height: 1000, channels: 3, background: '#888' } }).toFile(
    file,
  );
  const { width, height, pixels } = await readPicture(file);
  expect([width, height, pixels.length]).toEqual([600, 200, 600 * 200 * 3]);
});

test('readPicture() names the file that it cannot read', async () => {
  const missing = path.join(folder, 'missing.png');
  await expect(readPicture(missing)).rejects.toThrow(
    `Cannot read picture "${missing}": it does not exist`,
  );
  const text = path.join(folder, 'text.png');
  await writeFile(text, 'no picture');
  await expect(readPicture(text)).rejects.toThrow(`Cannot read picture "${text}": it is no `);
});
