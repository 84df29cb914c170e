import {
  damagedChunk,
  isAnimatedPng,
  isWhole,
  pictureType,
} from '../../../src/images/formats/pictureType';
import { bmp } from '../../support/pictures';
import { scene } from '../../support/scenes';

test.each<[string, () => Buffer | Promise<Buffer>]>([
  ['PNG', () => scene(1).png().toBuffer()],
  ['JPEG', () => scene(1).jpeg({ progressive: true }).toBuffer()],
  ['GIF', () => scene(1).gif().toBuffer()],
  ['BMP', () => bmp(4, 4, 24)],
  ['WebP', () => scene(1).webp().toBuffer()],
])('pictureType() knows a %s, and isWhole() whether its end is missing', async (name, made) => {
  const bytes = await made();
  expect(pictureType(bytes.subarray(0, 1000))).toMatchObject({ name, isSupported: true });
  expect(isWhole(bytes, name)).toBe(true);
  for (const missing of [1, 2, 12, bytes.length - 60]) {
    const half = bytes.subarray(0, bytes.length - missing);
    // Of a GIF or a JPEG an end may stand in its middle by chance; not in these.
    expect([missing, isWhole(half, name)]).toEqual([missing, false]);
  }
});

test.each<[string, () => Buffer | Promise<Buffer>]>([
  ['AVIF', () => scene(1).avif({ effort: 0 }).toBuffer()],
  ['TIFF', () => scene(1).tiff().toBuffer()],
  ['HEIC', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0')],
  ['SVG', () => Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- by hand -->\n<svg width="1">')],
  ['JPEG 2000', () => Buffer.from([0, 0, 0, 12, 0x6a, 0x50, 0x20, 0x20])],
  ['JPEG 2000', () => Buffer.from([0xff, 0x4f, 0xff, 0x51])],
  ['JPEG XL', () => Buffer.from([0xff, 0x0a, 0, 0])],
])('pictureType() knows a %s, which is not supported', async (name, made) => {
  expect(pictureType(await made())).toMatchObject({ name, isSupported: false });
});

test.each([
  '',
  'hello',
  'BM is short for bookmark',
  '<html><svg></svg></html>',
  '%PDF-1.7',
  'RIFF1234WAVE',
])('pictureType() takes %j for none', (text) =>
  expect(pictureType(Buffer.from(text))).toBeUndefined(),
);

test('damagedChunk() names a necessary part with a wrong checksum, and passes over others', async () => {
  const bytes = Buffer.from(await scene(1).withMetadata({ density: 300 }).png().toBuffer());
  expect(damagedChunk(bytes)).toBeUndefined();
  const density = bytes.indexOf('pHYs');
  bytes[density + 5]! ^= 1;
  expect(damagedChunk(bytes)).toBeUndefined();
  bytes[bytes.indexOf('IDAT') + 9]! ^= 1;
  expect(damagedChunk(bytes)).toBe('IDAT');
  expect(isAnimatedPng(bytes)).toBe(false);
});
