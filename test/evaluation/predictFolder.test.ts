import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';

import { predictFolder } from '../../src/evaluation/predictFolder';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { tf } from '../../src/tensorflow/tf';
import { sized, smallClassifier } from '../support/classifier';
import { folderWith, speckled } from '../support/pictures';

let base: string;
const inBase = (name: string) => path.join(base, name);
const classifier = smallClassifier(1);

beforeAll(async () => {
  const files: Record<string, Buffer | string> = {
    'mixed/b.txt': 'no picture',
    'mixed/empty.png': '',
    'bad/fake.png': 'hello',
    'many/.hidden.png': '',
  };
  for (let i = 0; i < 70; i++) {
    const name = String(i).padStart(2, '0');
    files[`many/${name}.png`] = await speckled(10 + i, 90 - i, 3)
      .png()
      .toBuffer();
  }
  const whole = files['many/07.png'] as Buffer;
  files['mixed/a.png'] = whole;
  files['mixed/half.png'] = whole.subarray(0, whole.length / 2);
  files['mixed/more/c.jpg'] = await speckled(30, 20, 3).jpeg().toBuffer();
  base = await folderWith(files);
  await mkdir(inBase('empty'));
});

afterAll(async () => {
  classifier.model.dispose();
  await rm(base, { recursive: true });
});

test('predictFolder() says of each picture what predictPicture() says, in the order of names', async () => {
  const progress: number[][] = [];
  const { predictions, skipped } = await predictFolder(classifier, inBase('many'), {
    onProgress: (...told) => progress.push(told),
  });
  expect(skipped).toEqual([{ path: inBase('many/.hidden.png'), reason: 'hidden' }]);
  expect(predictions).toHaveLength(70);
  for (const [i, { path: file, predictedClass, probability }] of predictions.entries()) {
    expect(path.basename(file)).toBe(`${String(i).padStart(2, '0')}.png`);
    const alone = await predictPicture(classifier, file);
    // A batch may be summed up in another order than one alone.
    expect([predictedClass, probability]).toEqual([
      alone.predictedClass,
      expect.closeTo(alone.probability, 6),
    ]);
  }
  expect(progress).toEqual([
    [32, 70],
    [64, 70],
    [70, 70],
  ]);
});

test('predictFolder() looks into folders below, and tells what it cannot read', async () => {
  const { predictions, skipped } = await predictFolder(classifier, inBase('mixed'));
  expect(predictions.map(({ path: file }) => file)).toEqual([
    inBase('mixed/a.png'),
    inBase('mixed/more/c.jpg'),
  ]);
  expect(skipped).toEqual([
    { path: inBase('mixed/b.txt'), reason: 'no .bmp, .gif, .jpeg, .jpg or .png' },
    { path: inBase('mixed/empty.png'), reason: 'it is empty' },
    { path: inBase('mixed/half.png'), reason: expect.stringContaining('it is cut off') },
  ]);
});

const required = 'a readable .bmp, .gif, .jpeg, .jpg or .png is required, got none';
test.each<[string, () => string, (folder: string) => string]>([
  [
    'an empty folder',
    () => inBase('empty'),
    (folder) => `Cannot classify the pictures in "${folder}": ${required}`,
  ],
  [
    'a folder without a readable picture',
    () => inBase('bad'),
    (folder) =>
      `Cannot classify the pictures in "${folder}": ${required}, but for what cannot be used: "${folder}/fake.png", it is no PNG`,
  ],
  [
    'a file',
    () => inBase('mixed/a.png'),
    (file) => `Cannot read folder "${file}": it is not a folder`,
  ],
  [
    'nothing',
    () => inBase('nowhere'),
    (folder) => `Cannot read folder "${folder}": it does not exist`,
  ],
])('predictFolder() throws on %s', async (_, folder, message) => {
  await expect(predictFolder(classifier, folder())).rejects.toThrow(message(folder()));
});

test('predictFolder() leaks nothing, also when the pictures do not fit the model', async () => {
  await predictFolder(classifier, inBase('mixed'));
  const before = tf.memory().numTensors;
  await predictFolder(classifier, inBase('mixed'));
  await expect(predictFolder(sized(classifier, [5, 5]), inBase('mixed'))).rejects.toThrow(
    'its imageSize must be [4, 4]',
  );
  const three = { ...classifier, classNames: ['a', 'b', 'c'] };
  await expect(predictFolder(three, inBase('many'))).rejects.toThrow(
    'distinguishes 2 classes, got 3',
  );
  expect(tf.memory().numTensors).toBe(before);
});
