import { rm } from 'node:fs/promises';
import path from 'node:path';

import { drawMistakes, showMistakes } from '../../../src/display/pictures/drawMistakes';
import { folderWith, png } from '../../support/pictures';
import { inNotebookCell, svgIn } from '../notebookCell';

let folder: string;

beforeAll(async () => {
  const files = ['a.png', 'b.png', 'c.png'].map(async (name) => [name, await png()] as const);
  folder = await folderWith(Object.fromEntries(await Promise.all(files)));
});

afterAll(() => rm(folder, { recursive: true }));

const mistakes = () =>
  ['b.png', 'c.png', 'a.png'].map((name, i) => ({
    path: path.join(folder, name),
    className: 'happy',
    predicted: 'sad',
    probability: 0.9 - i / 10,
    loss: 3 - i,
  }));

test('drawMistakes() draws the worst, with both classes and the name of the file', async () => {
  const svg = (await drawMistakes(mistakes(), { most: 2 }))!;
  expect(svg).toContain('<title>Grid of 2 pictures: happy → sad b.png, happy → sad c.png</title>');
});

test('drawMistakes() draws nothing where nothing is mistaken', async () => {
  expect(await drawMistakes([])).toBeUndefined();
});

test.each([0, 101, 1.5])('drawMistakes() throws when it shall draw %d at most', async (most) => {
  await expect(drawMistakes(mistakes(), { most })).rejects.toThrow(
    new RangeError(
      `Cannot draw the mistakes: most must be a whole number from 1 to 100, got ${most}`,
    ),
  );
});

test('showMistakes() displays what drawMistakes() draws, and tells how many there are', async () => {
  let told = {};
  const displayed = await inNotebookCell(async () => {
    told = await showMistakes(mistakes(), { most: 2 });
  });
  expect(svgIn(displayed)).toBe(await drawMistakes(mistakes(), { most: 2 }));
  expect(told).toEqual({ shown: 2, mistakes: 3 });
  expect(await showMistakes([])).toEqual({ shown: 0, mistakes: 0 });
});
