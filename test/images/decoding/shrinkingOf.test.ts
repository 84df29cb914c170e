import { checkedResizing } from '../../../src/images/formats/resizing';
import { shrinkingOf } from '../../../src/images/decoding/shrinkingOf';

const asked = (height: number, width: number, shrinkOnLoad = true) =>
  checkedResizing('Cannot load', { imageSize: [height, width], shrinkOnLoad });

// libjpeg rounds the shrunk sides up: 1999 pixels by 8 are 250.
test.each<[number, number, number, number, number]>([
  [4000, 3000, 256, 256, 8],
  [2048, 2048, 256, 256, 8],
  [2041, 2041, 256, 256, 8],
  [2040, 2040, 256, 256, 4],
  [4000, 500, 256, 256, 1],
  [4000, 511, 256, 256, 2],
  [256, 256, 256, 256, 1],
  [100, 100, 256, 256, 1],
  [800, 160, 20, 100, 8],
])('a JPEG of %d×%d is shrunk for %d×%d (height, width) by %d', (width, height, h, w, by) => {
  expect(shrinkingOf({ size: [width, height], isJpeg: true }, asked(h, w))).toBe(by);
});

test('shrinkingOf() leaves other formats as they are, and JPEGs when it is not asked', () => {
  expect(shrinkingOf({ size: [4000, 3000], isJpeg: false }, asked(256, 256))).toBe(1);
  expect(shrinkingOf({ size: [4000, 3000], isJpeg: true }, asked(256, 256, false))).toBe(1);
});
