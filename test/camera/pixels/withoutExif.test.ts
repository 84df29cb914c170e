import sharp from 'sharp';
import { withoutExif } from '../../../src/camera/pixels/withoutExif';
import { speckled } from '../../support/pictures';

test('withoutExif() takes the rotation out of a photograph, and leaves its pixels as they are', async () => {
  const picture = speckled(8, 4, 3);
  const turned = await picture.withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const plain = Buffer.from(withoutExif(turned));
  expect((await sharp(turned).metadata()).orientation).toBe(6);
  expect((await sharp(plain).metadata()).orientation).toBeUndefined();
  expect(await sharp(plain).raw().toBuffer()).toEqual(await sharp(turned).raw().toBuffer());
});

test('withoutExif() gives other files as they are, and of a JPEG that is cut off what is left', async () => {
  const png = await speckled(8, 4, 3).png().toBuffer();
  const nothing = new Uint8Array();
  expect(withoutExif(png)).toBe(png);
  expect(withoutExif(nothing)).toBe(nothing);
  const cut = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xe1, 0xff, 0xff, 1]);
  expect(withoutExif(cut)).toEqual(cut.slice(0, 8));
});
