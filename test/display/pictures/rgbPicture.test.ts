import { rgbPicture } from '../../../src/display/pictures/rgbPicture';

const pixelsOf = (values: number[], width: number) => [...rgbPicture(values, width, 1).pixels];

test('rgbPicture() draws a grey with equal red, green and blue, rounded', () => {
  expect(pixelsOf([0, 99.6, 255], 3)).toEqual([0, 0, 0, 100, 100, 100, 255, 255, 255]);
});

test('rgbPicture() leaves colours as they are', () => {
  expect(pixelsOf([1, 2, 3, 254, 253, 252], 2)).toEqual([1, 2, 3, 254, 253, 252]);
});

test('rgbPicture() lays alpha on white', () => {
  // 51/255 = 0.2: 0.2 · 100 + 0.8 · 255 = 224, 0.2 · 0 + 0.8 · 255 = 204.
  expect(pixelsOf([100, 0, 255, 51, 1, 2, 3, 255, 9, 9, 9, 0], 3)).toEqual([
    ...[224, 204, 255],
    ...[1, 2, 3],
    ...[255, 255, 255],
  ]);
});
