import { pictureSize } from '../../../src/images/formats/pictureSize';
import { animatedGif, bmp, paddedJpeg, speckled } from '../../support/pictures';

const picture = speckled(37, 29, 3);
const seeThrough = speckled(37, 29, 4);

test.each<[string, () => Promise<Buffer> | Buffer]>([
  ['PNG', () => picture.clone().png().toBuffer()],
  ['JPEG', () => picture.clone().jpeg().toBuffer()],
  ['progressive JPEG', () => picture.clone().jpeg({ progressive: true }).toBuffer()],
  ['JPEG with EXIF data', () => picture.clone().withMetadata({ orientation: 6 }).jpeg().toBuffer()],
  ['GIF', () => picture.clone().gif().toBuffer()],
  ['animated GIF', animatedGif],
  ['BMP', () => bmp(37, 29, 24)],
  ['BMP from the top', () => bmp(37, -29, 24)],
  ['lossy WebP', () => picture.clone().webp().toBuffer()],
  ['lossless WebP', () => picture.clone().webp({ lossless: true }).toBuffer()],
  ['WebP with alpha', () => seeThrough.clone().webp().toBuffer()],
])('pictureSize() reads the header of a %s', async (_, encode) => {
  const bytes = await encode();
  expect(pictureSize(bytes)).toEqual([37, 29]);
});

test('pictureSize() passes over fill and stray bytes in a JPEG, as libjpeg does', async () => {
  expect(pictureSize(await paddedJpeg([0xff, 0xff]))).toEqual([37, 29]);
  expect(pictureSize(await paddedJpeg([0x00, 0x00]))).toEqual([37, 29]);
});

test("pictureSize() takes a GIF's size from its first frame, which is what gets decoded", async () => {
  const bytes = await picture.clone().gif().toBuffer();
  bytes.writeUInt16LE(1, 6);
  bytes.writeUInt16LE(1, 8);
  expect(pictureSize(bytes)).toEqual([37, 29]);
});

test.each<[string, Buffer]>([
  ['PNG', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0', 'latin1')],
  ['JPEG', Buffer.from('ffd8ffe00010', 'hex')],
  ['GIF', Buffer.from('GIF89a\x01\0')],
  ['BMP', Buffer.from('BM123')],
  ['WebP', Buffer.from('RIFF....WEBPVP8X')],
])('pictureSize() gives undefined when a %s goes on beyond the bytes', (_, bytes) => {
  expect(pictureSize(bytes)).toBeUndefined();
});

test('pictureSize() throws on no bytes and on other contents', () => {
  expect(() => pictureSize(Buffer.alloc(0))).toThrow(/^it is empty$/);
  expect(() => pictureSize(Buffer.from('<!DOCTYPE html>'))).toThrow(
    /^it is no PNG, JPEG, GIF, BMP or WebP, it begins with "<!DOCTYPE ht"$/,
  );
});

test.each<[string, Buffer]>([
  ['HEIC', Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1')],
  ['AVIF', Buffer.from('\0\0\0\x1cftypavif\0\0\0\0avifmif1', 'latin1')],
  ['SVG', Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>')],
])('pictureSize() says what a person can do with %s', (name, bytes) => {
  expect(() => pictureSize(bytes)).toThrow(
    new Error(`it is ${name}, which is not supported: save it as PNG or JPEG`),
  );
});
