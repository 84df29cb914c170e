import { rm } from 'node:fs/promises';

import { picturesOf, rates } from '../../../scripts/proofs/near-duplicates/rates';
import { copyOf } from '../../../scripts/proofs/near-duplicates/copies';
import { renderedSeries } from '../../../scripts/proofs/near-duplicates/rendered-series';
import { checkPictures } from '../../../src/collections/checking/checkPictures';
import { groupPictures } from '../../../src/collections/splitting/groupPictures';
import { splitPictures } from '../../../src/collections/splitting/splitPictures';
import { folderWith } from '../../support/pictures';

// `npm run test:near-duplicates` does the same with all twelve kinds of copies.
const KINDS = ['JPEG, quality 95', 'without 2 % on each side, JPEG 90', 'brighter by a tenth'];

test('of copies 99 % are found and no different pictures are called the same, of drawings, renderings and noise as photographs have it', async () => {
  let [copies, found] = [0, 0];
  for (const [name, pictures] of Object.entries(await picturesOf(12))) {
    const measured = await rates(pictures, { kinds: KINDS });
    expect([name, measured.same]).toEqual([name, 0]);
    copies += measured.copies;
    found += measured.found;
  }
  expect(copies).toBeGreaterThan(100);
  expect(found / copies).toBeGreaterThanOrEqual(0.99);
});

describe('a series of renderings in which only the mouth moves', () => {
  let folder: string;
  beforeAll(async () => {
    const series = await renderedSeries(10);
    folder = await folderWith(
      Object.fromEntries(series.map(({ className, png }, i) => [`${className}/${i}.png`, png])),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('looks alike, is kept whole, and can be split', async () => {
    const report = await checkPictures(folder);
    const kinds = new Set(report.problems.map(({ kind }) => kind));
    expect([...kinds]).toEqual(['look-alike']);
    expect(report.valid).toBe(20);
    const { train, validation, test, leftOut } = await splitPictures(folder, { seed: 1, report });
    expect(leftOut).toEqual([]);
    // 70, 20 and 10 %, but for one group.
    const off = [train.length - 14, validation.length - 4, test.length - 2];
    expect(off.reduce((a, b) => a + b)).toBe(0);
    expect(Math.max(...off.map(Math.abs))).toBeLessThanOrEqual(2);
    expect(test).not.toEqual([]);
    const { groups } = await groupPictures('Cannot split', folder, report);
    // No more than a tenth of a class, but for two.
    expect(Math.max(...groups.map((group) => group.length))).toBe(2);
  });
});

test('a class whose every picture is in another class, too, is not left out: what to do is said', async () => {
  const [one, two] = (await renderedSeries(2)).map(({ png }) => png);
  const folder = await folderWith({
    'happy/1.png': one!,
    'sad/1.jpg': await copyOf(one!, 'JPEG, quality 95'),
    'sad/2.png': two!,
  });
  await expect(groupPictures('Cannot split', folder)).rejects.toThrow(
    `Cannot split: class "happy" requires a picture that is in no other class, and "happy/1.png" is in another class, too: ` +
      `it is nearly "sad/1.jpg": laid on each other, without their colours, they differ no more than a picture and its copy. Decide where each belongs ` +
      `and take the other one away; npx smile-lab check ${JSON.stringify(folder)} --grid suspects.svg shows them side by side`,
  );
  await rm(folder, { recursive: true });
});
