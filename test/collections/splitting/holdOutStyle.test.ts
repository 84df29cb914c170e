import { rm } from 'node:fs/promises';
import path from 'node:path';

import { holdOutStyle } from '../../../src/collections/splitting/holdOutStyle';
import type { LabelledPicture } from '../../../src/images/formats/listPictures';
import { folderWith } from '../../support/pictures';
import { scene } from '../../support/scenes';

const EMOTIONS = path.join(__dirname, '../../../data/emotions');
const names = (pictures: readonly { path: string }[]) =>
  pictures.map((picture) => path.relative(EMOTIONS, picture.path));
const perClass = (pictures: readonly LabelledPicture[]) =>
  [0, 1].map((label) => pictures.filter((picture) => picture.label === label).length);
const codePoint = (file: string) => /-(1f[0-9a-f]{3}|26[0-9a-f]{2})-/.exec(file)![1]!;

describe('holdOutStyle()', () => {
  test('tests with one style, and trains and validates with the others, 7 : 2', async () => {
    const split = await holdOutStyle(EMOTIONS, 'twemoji', { seed: 1 });
    const isTwemoji = (file: string) => path.basename(file).startsWith('twemoji-');
    expect(perClass(split.test)).toEqual([27, 28]);
    expect(names(split.test).every(isTwemoji)).toBe(true);
    const others = [...names(split.train), ...names(split.validation)];
    expect(others).toHaveLength(265);
    expect(others.some(isTwemoji)).toBe(false);
    // 7/9 of 133 and 132 pictures are 103; a face of six to eight is on one side as a whole.
    for (const count of perClass(split.train)) {
      expect(count).toBeGreaterThan(103 - 8);
      expect(count).toBeLessThan(103 + 8);
    }
    const trained = new Set(names(split.train).map(codePoint));
    expect(names(split.validation).some((file) => trained.has(codePoint(file)))).toBe(false);
  });

  test('names the styles that there are', async () => {
    await expect(holdOutStyle(EMOTIONS, 'apple', { seed: 1 })).rejects.toThrow(
      'its manifest must know "apple" and others, got "fluent-emoji", "fluent-emoji-flat", "fxemoji", "noto", "noto-v1", "twemoji"',
    );
    const folder = await folderWith({
      'happy/1.png': await scene(1).png().toBuffer(),
      'sad/1.png': await scene(2).png().toBuffer(),
    });
    await expect(holdOutStyle(folder, 'noto', { seed: 1 })).rejects.toThrow(
      'its manifest must know "noto" and others, got none',
    );
    await rm(folder, { recursive: true });
  });
});
