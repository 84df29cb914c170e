import { rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

import { drawPredictions } from '../../../src/display/pictures/drawPredictions';
import { drawPictures, showPictures } from '../../../src/display/pictures/drawPictures';
import { folderWith, speckled } from '../../support/pictures';
import { inNotebookCell } from '../notebookCell';

let folder: string;

beforeAll(async () => {
  const photograph = speckled(70, 47, 3).resize(7000, 4700, { kernel: 'nearest' });
  folder = await folderWith({
    'photograph.jpg': await photograph.jpeg({ quality: 70 }).toBuffer(),
    'noise.png': await speckled(300, 200, 3).png().toBuffer(),
  });
});

afterAll(() => rm(folder, { recursive: true }));

const many = (name: string, count: number) => Array<string>(count).fill(path.join(folder, name));

test('sixteen photographs of 7,000 pixels take less than 200 kB in a notebook', async () => {
  const displayed = await inNotebookCell(() => showPictures(many('photograph.jpg', 16)));
  expect(displayed[0]?.['text/html']!.length).toBeLessThan(200_000);
});

test('a hundred pictures of pure noise with the longest names of classes do so too', async () => {
  const files = many('noise.png', 100);
  const trueClasses = files.map((_, i) => `${i} <&"> ${'long name '.repeat(20)}`);
  const predictedClasses = trueClasses.map((name, i) => (i % 2 ? name : 'another'));
  const displayed = await inNotebookCell(() =>
    showPictures(files, { trueClasses, predictedClasses }),
  );
  expect(displayed[0]?.['text/html']!.length).toBeLessThan(200_000);
});

test('forty predictions of many classes do so too', async () => {
  const files = many('noise.png', 40);
  const classNames = [0, 1, 2, 3, 4].map((k) => `class ${k} ${'&'.repeat(40)}`);
  const probabilities = files.map(() => [0.4, 0.3, 0.2, 0.1, 0]);
  const labels = files.map(() => 4);
  const svg = await drawPredictions(files, { probabilities, classNames, labels });
  expect((4 / 3) * svg.length).toBeLessThan(200_000);
});

test('few pictures keep their 150 pixels', async () => {
  const svg = await drawPictures(many('noise.png', 5));
  const [, base64 = ''] = /href="data:image\/\w+;base64,([^"]*)"/.exec(svg) ?? [];
  const { width, height } = await sharp(Buffer.from(base64, 'base64')).metadata();
  expect([width, height]).toEqual([150, 100]);
});
