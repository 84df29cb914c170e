import { rm } from 'node:fs/promises';

import sharp from 'sharp';

import { checkPictures } from '../../../src/collections/checking/checkPictures';
import { main } from '../../../src/cli/main';
import type { ColorMode } from '../../../src/images/formats/colorMode';
import { folderWith, speckled } from '../../support/pictures';
import { scene } from '../../support/scenes';

let folder: string;
beforeAll(async () => {
  const see = await speckled(60, 60, 4).png().toBuffer();
  folder = await folderWith({
    'a/scene.png': await scene(1).png().toBuffer(),
    'a/see-through.png': see,
    'b/moving.gif': await scene(2).gif().toBuffer(),
    'b/other.jpg': await scene(3).jpeg().toBuffer(),
  });
});
afterAll(() => rm(folder, { recursive: true }));

const kindsOf = async (options: Parameters<typeof checkPictures>[1]) => {
  const { problems } = await checkPictures(folder, options);
  return problems.map(({ file, kind }) => `${file}: ${kind}`);
};

test('checkPictures() reports what is not read in the color mode, and transparency where it is dropped', async () => {
  expect(await kindsOf({})).toEqual(['a/see-through.png: transparent']);
  expect(await kindsOf({ colorMode: 'grayscale' })).toEqual([
    'a/see-through.png: transparent',
    'b/moving.gif: unsupported',
  ]);
  expect(await kindsOf({ colorMode: 'rgba' })).toEqual([
    'b/moving.gif: unsupported',
    'b/other.jpg: unsupported',
    'b: empty-class',
  ]);
  await expect(kindsOf({ colorMode: 'rgba', background: 'white' })).rejects.toThrow(
    'a background has no sense with colorMode "rgba"',
  );
});

test('checkPictures() looks at greys where the network sees greys: there what only a colour shows is plain', async () => {
  // Red beside green. By ITU-R BT.601 both are 76: 0.299 · 255, and 0.587 · 130.
  const halves = Buffer.from(
    Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? [255, 0, 0] : [0, 130, 0])).flat(),
  );
  const own = await folderWith({
    'a/halves.png': await sharp(halves, { raw: { width: 64, height: 64, channels: 3 } })
      .png()
      .toBuffer(),
    'b/scene.png': await scene(1).png().toBuffer(),
  });
  const found = async (colorMode: ColorMode) => (await checkPictures(own, { colorMode })).problems;
  expect(await found('rgb')).toEqual([]);
  expect(await found('grayscale')).toMatchObject([{ file: 'a', kind: 'no-contrast' }]);
  await rm(own, { recursive: true });
});

test('smile-lab check --color-mode reports the same', async () => {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    jest.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0);
  }
  expect(await main(['check', folder, '--color-mode', 'grayscale'])).toBe(0);
  jest.restoreAllMocks();
  expect(written.join('')).toContain('does not read with colorMode "grayscale": save it as PNG');
});
