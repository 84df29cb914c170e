import path from 'node:path';

import { kFold } from '../../../src/collections/splitting/kFold';
import type { LabelledPicture } from '../../../src/images/formats/listPictures';

const EMOTIONS = path.join(__dirname, '../../../data/emotions');
const names = (pictures: readonly { path: string }[]) =>
  pictures.map((picture) => path.relative(EMOTIONS, picture.path));
const perClass = (pictures: readonly LabelledPicture[]) =>
  [0, 1].map((label) => pictures.filter((picture) => picture.label === label).length);
const codePoint = (file: string) => /-(1f[0-9a-f]{3}|26[0-9a-f]{2})-/.exec(file)![1]!;

describe('kFold()', () => {
  test('has each picture in one validation part, and in the training parts of all other folds', async () => {
    const { folds, groupedBy } = await kFold(EMOTIONS, 5, { seed: 1 });
    expect(groupedBy).toBe('manifest');
    expect(folds.map((fold) => [perClass(fold.validation), perClass(fold.train)])).toEqual(
      folds.map(() => [
        [32, 32],
        [128, 128],
      ]),
    );
    const validated = folds.flatMap((fold) => names(fold.validation));
    expect(new Set(validated).size).toBe(320);
    for (const { train, validation } of folds) {
      const faces = new Set(names(validation).map(codePoint));
      expect(names(train).filter((file) => faces.has(codePoint(file)))).toEqual([]);
      expect(train.length + validation.length).toBe(320);
    }
  });

  test('depends on the seed', async () => {
    const parts = async (seed: number) => (await kFold(EMOTIONS, 4, { seed })).folds;
    const first = await parts(1);
    expect(await parts(1)).toEqual(first);
    expect(await parts(2)).not.toEqual(first);
  });

  test('refuses more folds than a class has groups, and a number that is none', async () => {
    await expect(kFold(EMOTIONS, 21, { seed: 1 })).rejects.toThrow(
      /^Cannot split ".*emotions" into folds: every part requires a picture of every class, got none of "happy" for fold \d+; the class has 160 pictures in 20 groups/,
    );
    for (const folds of [1, 2.5, NaN]) {
      await expect(kFold(EMOTIONS, folds, { seed: 1 })).rejects.toThrow(
        `a whole number from 2 of them is required, got ${folds}`,
      );
    }
  });
});
