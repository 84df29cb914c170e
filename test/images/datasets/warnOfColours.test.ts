import { rm } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../../src/images/datasets/imageDatasetFromDirectory';
import { loadImage } from '../../../src/images/datasets/loadImage';
import { bmp, folderWith, png } from '../../support/pictures';

test('it is said once a folder that the colours of a BMP come out wrong', async () => {
  const coloured = bmp(4, 4, 8);
  coloured[54 + 4 * 7] = 200;
  const folder = await folderWith({
    'a/1.bmp': coloured,
    'a/2.bmp': bmp(4, 4, 8),
    'b/1.png': await png(),
    'c/1.bmp': coloured,
  });
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const sentence = (who: string) =>
    `${who} with a palette or with masks. TensorFlow, and so Keras, gets their colours wrong: red and blue faces may come out alike. Save such pictures as PNG.`;
  const said = () => warn.mock.calls.map(([line]) => line);
  const first = JSON.stringify(path.join(folder, 'a/1.bmp'));
  for (let i = 0; i < 2; i++) await imageDatasetFromDirectory(folder, { imageSize: [4, 4] });
  expect(said()).toEqual([sentence(`2 of 4 pictures, the first of them ${first}, are BMPs`)]);
  const elsewhere = await folderWith({ '1.bmp': coloured });
  const one = path.join(elsewhere, '1.bmp');
  for (let i = 0; i < 2; i++) (await loadImage(one)).dispose();
  expect(said()[1]).toBe(sentence(`The picture ${JSON.stringify(one)} is a BMP`));
  expect(said()).toHaveLength(2);
  warn.mockRestore();
  for (const made of [folder, elsewhere]) await rm(made, { recursive: true });
});
