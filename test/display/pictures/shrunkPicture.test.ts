import sharp from 'sharp';
import { pictureUri } from '../../../src/display/pictures/encodePicture';
import { shrunkPicture, STORINGS } from '../../../src/display/pictures/shrunkPicture';

const [best] = STORINGS as [(typeof STORINGS)[number]];

/** A grey picture, or one whose neighbouring pixels have nothing in common. */
function picture(width: number, height: number, isNoise = false) {
  const pixels = Uint8Array.from({ length: width * height * 3 }, (_, i) =>
    isNoise ? 128 + 127 * Math.sin(i * i) : 128,
  );
  return { pixels, width, height };
}

async function decoded(uri: string) {
  return sharp(Buffer.from(uri.split(',')[1] ?? '', 'base64'))
    .raw()
    .toBuffer({ resolveWithObject: true });
}

test('pictureUri() stores flat art without loss', async () => {
  const uri = await pictureUri(picture(150, 150), best);
  expect(uri).toMatch(/^data:image\/png;base64,/);
  const { data, info } = await decoded(uri);
  expect([info.width, info.height]).toEqual([150, 150]);
  expect(new Set(data)).toEqual(new Set([128]));
});

test('pictureUri() stores photographs as JPEG, shrunk to 150 pixels', async () => {
  const uri = await pictureUri(await shrunkPicture(picture(600, 300, true)), best);
  expect(uri).toMatch(/^data:image\/jpeg;base64,/);
  const { info } = await decoded(uri);
  expect([info.width, info.height]).toEqual([150, 75]);
});

test('pictureUri() enlarges a tiny picture pixel by pixel', async () => {
  const pixels = Uint8Array.from([255, 0, 0, 0, 0, 255]);
  const { data, info } = await decoded(
    await pictureUri(await shrunkPicture({ pixels, width: 2, height: 1 }), best),
  );
  expect([info.width, info.height]).toEqual([150, 75]);
  const row = Array.from({ length: 150 }, (_, x) => [...data.subarray(3 * x, 3 * x + 3)].join());
  expect(row).toEqual([...Array(75).fill('255,0,0'), ...Array(75).fill('0,0,255')]);
});

test('pictureUri() copes with a picture that is only a line', async () => {
  const { info } = await decoded(await pictureUri(await shrunkPicture(picture(1200, 1)), best));
  expect([info.width, info.height]).toEqual([150, 1]);
});

test('pictureUri() stores less and less of a photograph', async () => {
  const noise = picture(150, 150, true);
  const lengths: number[] = [];
  for (const storing of STORINGS) lengths.push((await pictureUri(noise, storing)).length);
  expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
  expect(lengths.at(-1)).toBeLessThan(1200);
});
