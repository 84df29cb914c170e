import { rm } from 'node:fs/promises';
import path from 'node:path';

import { listReadablePictures } from '../../../src/images/datasets/listReadablePictures';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, hugePng, png, speckled } from '../../support/pictures';

const temporary: string[] = [];

async function folderOf(files: Record<string, Uint8Array | string>): Promise<string> {
  temporary.push(await folderWith(files));
  return temporary.at(-1) as string;
}

afterAll(() => Promise.all(temporary.map((folder) => rm(folder, { recursive: true }))));

test('listReadablePictures() accepts a folder of whole pictures', async () => {
  const folder = await folderOf({ 'a/1.png': await png(), 'b/1.png': await png() });
  const { pictures, skipped } = await listReadablePictures(folder, false);
  expect([pictures.length, skipped]).toEqual([2, []]);
});

test('listReadablePictures() names the first unreadable picture and counts them', async () => {
  const folder = await folderOf({ 'a/1.png': '', 'a/2.png': await png(), 'b/1.png': 'text' });
  const first = path.join(folder, 'a/1.png');
  await expect(listReadablePictures(folder, false)).rejects.toThrow(
    `Cannot read picture "${first}": it is empty (at least 2 pictures cannot be read)`,
  );
});

test('listReadablePictures() skips unreadable pictures, decodes the others, and leaks nothing', async () => {
  const whole = await speckled(30, 30, 3).png().toBuffer();
  const folder = await folderOf({
    'a/1.png': whole,
    'a/cut off.png': whole.subarray(0, whole.length - 40),
    'b/1.png': whole,
    'b/huge.png': await hugePng(),
  });
  const before = tf.memory().numTensors;
  const { pictures, skipped } = await listReadablePictures(folder, true);
  expect(tf.memory().numTensors).toBe(before);
  expect(pictures.map((picture) => path.relative(folder, picture.path))).toEqual([
    'a/1.png',
    'b/1.png',
  ]);
  expect(skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(
      /^it is cut off, damaged or of a rare kind \(TensorFlow: "Invalid PNG data/,
    ),
    'at most 134217728 pixels are decoded, it has 20000×20000',
  ]);
});

test.each<[string, Record<string, string>]>([
  ['no file', { 'sad/more/.keep': '' }],
  ['only other files', { 'sad/notes.txt': 'hello' }],
  ['only unreadable pictures', { 'sad/1.png': 'hello' }],
])('listReadablePictures() throws on a class with %s', async (_, files) => {
  const folder = await folderOf({ 'happy/1.png': await png(), ...files });
  await expect(listReadablePictures(folder, true)).rejects.toThrow(
    `Cannot load class "sad": no readable picture in "${path.join(folder, 'sad')}"`,
  );
});
