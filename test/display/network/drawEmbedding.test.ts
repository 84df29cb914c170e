import { rm } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';

import { drawEmbedding, showEmbedding } from '../../../src/display/network/drawEmbedding';
import type { Classifier } from '../../../src/models/classifier';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, png } from '../../support/pictures';
import { noisyPhotograph, softmaxClassifier } from '../../support/inspected';
import { inNotebookCell, svgIn } from '../notebookCell';

let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await folderWith({
    'red.png': await png(255, 0, 0),
    'black.png': await png(0, 0, 0, 7, 3),
    'green.png': await png(0, 99, 0, 2, 9),
    'photograph.jpg': await noisyPhotograph(200, 150),
  });
  files = ['red.png', 'black.png', 'green.png'].map((name) => path.join(folder, name));
});

afterAll(() => rm(folder, { recursive: true }));

/** The last layer gets the mean colour; what is more red than half is of the second class. */
function byColour(side: number, classNames = ['happy', 'sad']): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [side, side, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([[2], [0], [0]]), tf.tensor1d([-1])]));
  return { model, classNames, input: { imageSize: [side, side], rescale: { scale: 1 / 255 } } };
}

test('showEmbedding() displays thumbnails with marks of their classes and the explained variance, and leaks nothing', async () => {
  const classifier = byColour(4);
  const svg = await drawEmbedding(classifier, files, { labels: [0, 0, 1] });
  const before = tf.memory().numTensors;
  const displayed = await inNotebookCell(() =>
    showEmbedding(classifier, files, { labels: [0, 0, 1] }),
  );
  expect(tf.memory().numTensors).toBe(before);
  expect(svgIn(displayed)).toBe(svg);
  // Red, black and green: (1, 0), (0, 0), (0, 0.39) lie in a plane.
  expect(svg).toMatch(
    /<title>3 pictures in two dimensions, which hold (\S+) % and (\S+) % of the variance: 2 happy, 1 sad<\/title>/,
  );
  const [, x, y] = /hold (\S+) % and (\S+) %/.exec(svg)!;
  expect(Number(x) + Number(y)).toBeCloseTo(100, 0);
  expect(svg.match(/<use href="#pictures"\/>/g)).toHaveLength(3);
  // Three marks and two in the legend: circles for the first class, diamonds for the second.
  expect(svg.match(/<circle /g)).toHaveLength(3);
  expect(svg.match(/<polygon /g)).toHaveLength(2);
  expect(svg).toContain('>is happy</text>');
  classifier.model.dispose();
});

test('drawEmbedding() without labels tells what each is taken for; names with markup stay text', async () => {
  const classifier = byColour(4, ['<i>happy', 'sad & "low"']);
  const svg = await drawEmbedding(classifier, files);
  expect(svg).toContain('2 &lt;i&gt;happy, 1 sad &amp; &quot;low&quot;</title>');
  expect(svg).toContain('>is taken for &lt;i&gt;');
  expect(svg).not.toContain('<i>');
  await expect(sharp(Buffer.from(svg)).metadata()).resolves.toMatchObject({ format: 'svg' });
  classifier.model.dispose();
});

test('drawEmbedding() of 200 photographs stays under 200 kB', async () => {
  const classifier = byColour(60);
  const photographs = new Array<string>(200).fill(path.join(folder, 'photograph.jpg'));
  const displayed = await inNotebookCell(() => showEmbedding(classifier, photographs));
  expect(Buffer.byteLength(displayed[0]!['text/html']!)).toBeLessThan(200_000);
  classifier.model.dispose();
});

test('drawEmbedding() says what is wrong', async () => {
  const classifier = byColour(4);
  const wrong: Array<[Promise<unknown>, string]> = [
    [drawEmbedding(classifier, []), 'the paths of 2 to 200 pictures are required, got 0'],
    [
      drawEmbedding(classifier, new Array<string>(201).fill(files[0]!)),
      'the paths of 2 to 200 pictures are required, got 201',
    ],
    [
      drawEmbedding(classifier, files, { labels: [0] }),
      'each of the 3 pictures needs one label, got 1 labels',
    ],
    [
      drawEmbedding(classifier, files, { labels: [0, 1, 2] }),
      'each label must be an index in "happy", "sad", got 2',
    ],
  ];
  for (const [drawing, message] of wrong) {
    await expect(drawing).rejects.toThrow(new RangeError(`Cannot draw the embedding: ${message}`));
  }
  classifier.model.dispose();
});

test('drawEmbedding() of 1,000 classes marks those that have pictures, and stays under 200 kB', async () => {
  const classNames = Array.from({ length: 1000 }, (_, k) => `class ${k} with a long name`);
  const classifier = softmaxClassifier(classNames);
  const many = Array.from({ length: 200 }, (_, i) => files[i % 3]!);
  const few = await drawEmbedding(classifier, files, { labels: [700, 3, 700] });
  expect(few).toContain(': 1 class 3 with a long name, 2 class 700 with a long name</title>');
  const labels = many.map((_, i) => 5 * i);
  const displayed = await inNotebookCell(() => showEmbedding(classifier, many, { labels }));
  expect(Buffer.byteLength(displayed[0]!['text/html']!)).toBeLessThan(200_000);
  const svg = svgIn(displayed);
  expect(svg).toContain('189 of 189 other classes</title>');
  expect(svg).toContain('>is one of 189 others</text>');
  classifier.model.dispose();
});
