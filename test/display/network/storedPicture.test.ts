import sharp from 'sharp';

import { storedPicture } from '../../../src/display/network/storedPicture';
import { noisyPhotograph } from '../../support/inspected';

async function noise(side: number) {
  const pixels = await sharp(await noisyPhotograph(side, side))
    .raw()
    .toBuffer();
  return { pixels: new Uint8Array(pixels), width: side, height: side };
}

const bytesOf = (uri: string) => Buffer.from(uri.split(',')[1]!, 'base64');

test('storedPicture() keeps a small flat picture without loss', async () => {
  const picture = { pixels: new Uint8Array(300).fill(200), width: 10, height: 10 };
  const uri = await storedPicture(picture, 50, 5000);
  expect(uri).toMatch(/^data:image\/png;base64,/);
  const { data, info } = await sharp(bytesOf(uri)).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, ...data.subarray(0, 3)]).toEqual([10, 10, 200, 200, 200]);
});

test('storedPicture() shrinks to the size, and loses more where there is less room', async () => {
  const picture = await noise(120);
  const roomy = bytesOf(await storedPicture(picture, 60, 50_000));
  expect(await sharp(roomy).metadata()).toMatchObject({ format: 'jpeg', width: 60, height: 60 });
  const tight = bytesOf(await storedPicture(picture, 60, roomy.length - 1));
  expect(tight.length).toBeLessThan(roomy.length);
});

test('storedPicture() gives something also where nothing would fit', async () => {
  expect(bytesOf(await storedPicture(await noise(60), 60, 1)).length).toBeGreaterThan(1);
});
