import { rm } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

import { drawPredictions, showPredictions } from '../../../src/display/pictures/drawPredictions';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, png } from '../../support/pictures';
import { inNotebookCell, svgIn } from '../notebookCell';

let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await folderWith({
    'wide.png': await png(0, 0, 0, 30, 10),
    'tall.png': await png(0, 0, 0, 5, 20),
  });
  files = ['wide.png', 'tall.png'].map((name) => path.join(folder, name));
});

afterAll(() => rm(folder, { recursive: true }));

function textsOf(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text ?? '');
}

/** Lengths of the bars, without the grey tracks under them. */
function barsOf(svg: string): [number, string][] {
  const bars = [...svg.matchAll(/width="([\d.]+)" height="10" fill="(#\w+)"/g)];
  return bars.filter((_, i) => i % 2 === 1).map(([, width, fill]) => [Number(width), fill!]);
}

test('drawPredictions() draws both classes of a sigmoid, the more probable first', async () => {
  const options = { probabilities: [[0.25], [0.9]], classNames: ['happy', 'sad'] };
  const svg = await drawPredictions(files, options);
  expect(textsOf(svg)).toEqual([
    ...['happy', '75.0 %', 'sad', '25.0 %'],
    ...['sad', '90.0 %', 'happy', '10.0 %'],
  ]);
  const [blue, grey] = ['#0072B2', '#767676'];
  expect(barsOf(svg)).toEqual([
    [0.75 * 200, blue],
    [0.25 * 200, grey],
    [0.9 * 200, blue],
    [20, grey],
  ]);
  expect(svg).toContain('<title>Predictions for 2 pictures: happy 75.0 %; sad 90.0 %</title>');
  expect(svg).not.toContain('<circle'); // neither right nor wrong
});

test('drawPredictions() tells right from wrong by a sign and a word, not by colour alone', async () => {
  const svg = await drawPredictions(files, {
    probabilities: [[0.25], [0.9]],
    classNames: ['happy', 'sad'],
    labels: [0, 0],
  });
  const signs = [...svg.matchAll(/<path d="([^"]*)" stroke="#ffffff"/g)].map(([, d]) => d);
  expect(signs).toHaveLength(2);
  expect(signs[0]).not.toBe(signs[1]);
  expect(svg.match(/stroke="#0072B2" stroke-width="2.5"/g)).toHaveLength(2); // ticks before the true class
  expect(barsOf(svg).map(([, colour]) => colour)).toEqual([
    ...['#0072B2', '#767676'],
    ...['#D55E00', '#0072B2'],
  ]);
  expect(svg).toContain(
    '<title>Predictions for 2 pictures: happy 75.0 %, right; sad 90.0 %, wrong: happy; 1 of 2 right</title>',
  );
});

test('drawPredictions() draws of 1,000 classes the top three, the true one, and the rest as one', async () => {
  const classNames = Array.from({ length: 1000 }, (_, k) => `class ${k}`);
  const row = classNames.map((_, k) =>
    k === 500 ? 0.5 : k === 2 ? 0.2 : k === 3 ? 0.1 : 0.2 / 997,
  );
  const labels = [999, 500];
  const svg = await drawPredictions(files, { probabilities: [row, row], classNames, labels });
  expect(textsOf(svg).slice(0, 10)).toEqual([
    ...['class 500', '50.0 %', 'class 2', '20.0 %', 'class 3', '10.0 %'],
    ...['class 999', '0.0 %', '996 others', '20.0 %'],
  ]);
});

test('drawPredictions() takes the tensor that a model gives, and neither disposes nor leaks one', async () => {
  const batch = tf.zeros<tf.Rank.R4>([2, 4, 4, 3]);
  const probabilities = tf.tensor2d([[0.25], [0.9]]);
  const before = tf.memory().numTensors;
  const classNames = ['happy', 'sad'];
  const svg = await drawPredictions(batch, { probabilities, classNames, range: [0, 1] });
  expect(textsOf(svg).filter((text) => text.endsWith('%'))).toEqual([
    ...['75.0 %', '25.0 %', '90.0 %', '10.0 %'],
  ]);
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([batch, probabilities]);
});

test('drawPredictions() escapes names, draws one class, and stays well-formed', async () => {
  const svg = await drawPredictions(files.slice(0, 1), {
    probabilities: [[1, 0]],
    classNames: ['<script>&', 'b\u0000'],
  });
  expect(textsOf(svg)[0]).toBe('&lt;script&gt;&amp;');
  expect(svg).not.toContain('<script');
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('drawPredictions() throws when probabilities, labels and pictures are not equally many', async () => {
  const classNames = ['happy', 'sad'];
  await expect(drawPredictions(files, { probabilities: [[0.5]], classNames })).rejects.toThrow(
    new RangeError(
      'Cannot draw the predictions: the probabilities for each of the 2 are required, [2, classes] or [2, 1], got 1',
    ),
  );
  const probabilities = tf.tensor1d([0.5, 0.5]);
  await expect(drawPredictions(files, { probabilities, classNames })).rejects.toThrow('got [2]');
  probabilities.dispose();
  const two = [[0.5], [0.5]];
  await expect(
    drawPredictions(files, { probabilities: two, classNames, labels: [0] }),
  ).rejects.toThrow('each of the 2 pictures needs one label, got 1 labels');
  await expect(
    drawPredictions(files, { probabilities: two, classNames, labels: [0, 2] }),
  ).rejects.toThrow('each label must be an index in "happy", "sad", got 2');
});

test('drawPredictions() takes the probabilities that predictPicture() gives, one a class', async () => {
  const classNames = ['happy', 'sad'];
  const all = [[0.25], [0.9]].map(([p]) => [1 - p!, p!]);
  expect(await drawPredictions(files, { probabilities: all, classNames, labels: [0, 0] })).toBe(
    await drawPredictions(files, { probabilities: [[0.25], [0.9]], classNames, labels: [0, 0] }),
  );
});

test('drawPredictions() refuses the names of true classes for their labels', async () => {
  const labels = ['happy', 'sad'] as unknown as number[];
  await expect(
    drawPredictions(files, { probabilities: [[0.5], [0.5]], classNames: ['happy', 'sad'], labels }),
  ).rejects.toThrow('each label must be an index in "happy", "sad", got "happy"');
});

test('drawPredictions() throws on no picture, and on what is no probabilities', async () => {
  const classNames = ['happy', 'sad'];
  await expect(drawPredictions([], { probabilities: [], classNames })).rejects.toThrow(
    'a grid holds 1 to 40, got 0',
  );
  for (const wrong of [[NaN], [2.5], [0.1, 0.2, 0.7]]) {
    await expect(
      drawPredictions(files, { probabilities: [wrong, wrong], classNames }),
    ).rejects.toThrow('a probability for each of 2 classes is required');
  }
});

test('showPredictions() displays what drawPredictions() draws', async () => {
  const options = { probabilities: [[0.25], [0.9]], classNames: ['happy', 'sad'] };
  const displayed = await inNotebookCell(() => showPredictions(files, options));
  expect(svgIn(displayed)).toBe(await drawPredictions(files, options));
  expect(displayed[0]?.['text/html']).toContain('alt="Predictions for 2 pictures: happy 75.0 %');
});
