import sharp from 'sharp';

import {
  drawConfusionMatrix,
  showConfusionMatrix,
} from '../../../src/display/charts/drawConfusionMatrix';
import { contrast } from '../../support/contrast';
import { inNotebookCell, svgIn } from '../notebookCell';

const two = {
  classNames: ['happy', 'sad'],
  confusionMatrix: [
    [14, 6],
    [5, 15],
  ],
};

test('drawConfusionMatrix() shows each count in its place, and says all of them in the title', () => {
  const svg = drawConfusionMatrix(two);
  const texts = [...svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"[^>]*>(\d+)<\/text>/g)];
  const places = texts.map(([, x, y, count]) => [Number(x), Number(y), Number(count)]);
  const [[left, top], [right], [, bottom]] = places as [number[], number[], number[]];
  expect(places).toEqual([
    [left, top, 14],
    [right, top, 6],
    [left, bottom, 5],
    [right, bottom, 15],
  ]);
  expect(left).toBeLessThan(right!);
  expect(top).toBeLessThan(bottom!);
  expect(svg).toContain(
    '<title>Confusion matrix: of 20 happy pictures 14 for happy, 6 for sad taken; of 20 sad pictures 5 for happy, 15 for sad taken</title>',
  );
});

test('drawConfusionMatrix() draws any number of classes, with any names, within its card', async () => {
  const classNames = ['<&> "quoted"', 'a very long name of a class that has no end', '😀', 'd'];
  const confusionMatrix = classNames.map((_, i) => classNames.map((__, k) => i * k * 1000));
  const svg = drawConfusionMatrix({ classNames, confusionMatrix });
  const { width, height } = await sharp(Buffer.from(svg)).metadata();
  for (const [, x, y] of svg.matchAll(/<text x="([\d.]+)" y="([\d.]+)"/g)) {
    expect(Number(x)).toBeLessThan(width);
    expect(Number(y)).toBeLessThan(height);
  }
});

test('drawConfusionMatrix() stays legible in its strongest colours, and with classes without a picture', () => {
  const all = drawConfusionMatrix({
    classNames: ['a', 'b', 'c'],
    confusionMatrix: [
      [9, 0, 0],
      [9, 0, 0],
      [0, 0, 0],
    ],
  });
  const fills = [...all.matchAll(/rx="4" fill="(#[0-9a-f]{6})"/g)].map(([, fill]) => fill!);
  expect(fills).toHaveLength(9);
  expect(new Set(fills).size).toBe(3); // right, wrong, and white for none
  for (const fill of fills) expect(contrast(fill, '#222222')).toBeGreaterThan(4.5);
});

test('drawConfusionMatrix() draws one class', async () => {
  const svg = drawConfusionMatrix({ classNames: ['<b>only</b>'], confusionMatrix: [[7]] });
  expect(svg).toContain('<title>Confusion matrix: of 7 &lt;b&gt;only&lt;/b&gt; pictures 7 for ');
  expect((await sharp(Buffer.from(svg)).metadata()).format).toBe('svg');
});

test('drawConfusionMatrix() draws of 1,000 classes those with the most mistakes, in less than 200 kB', async () => {
  const classNames = Array.from({ length: 1000 }, (_, k) => `<class ${k}>`);
  const confusionMatrix = classNames.map((_, k) => classNames.map((__, i) => Number(i === k)));
  confusionMatrix[3]![700] = 40;
  const svg = drawConfusionMatrix({ classNames, confusionMatrix });
  expect(svg).toContain('of 41 &lt;class 3&gt; pictures 1 right, 40 taken for &lt;class 700&gt;');
  expect(svg).toContain('of 989 pictures of 989 others 989 taken for one of these');
  expect((4 / 3) * svg.length).toBeLessThan(200_000);
  const { width = Infinity } = await sharp(Buffer.from(svg)).metadata();
  expect(width).toBeLessThan(850);
});

test.each([[[]], [[[1, 2]]], [[[1], [2]]]])(
  'drawConfusionMatrix() throws when the counts are %j for two classes',
  (confusionMatrix) => {
    expect(() => drawConfusionMatrix({ classNames: ['a', 'b'], confusionMatrix })).toThrow(
      new RangeError(
        `Cannot draw the confusion matrix: a row and a column for each of 2 classes is required, got ${JSON.stringify(confusionMatrix)}`,
      ),
    );
  },
);

test('showConfusionMatrix() displays what drawConfusionMatrix() draws', async () => {
  const displayed = await inNotebookCell(() => showConfusionMatrix(two));
  expect(svgIn(displayed)).toBe(drawConfusionMatrix(two));
  expect(displayed[0]?.['text/html']).toContain('alt="Confusion matrix: of 20 happy pictures');
  await expect(showConfusionMatrix(two)).rejects.toThrow(
    'write what drawConfusionMatrix returns to a file',
  );
});
