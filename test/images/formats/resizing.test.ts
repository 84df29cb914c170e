import { checkedResizing, type Resizing } from '../../../src/images/formats/resizing';

test('checkedResizing() fills in the defaults of Keras', () => {
  expect(checkedResizing('Cannot load', {})).toEqual({
    imageSize: [256, 256],
    interpolation: 'bilinear',
    cropToAspectRatio: false,
    padToAspectRatio: false,
    shrinkOnLoad: false,
    colorMode: 'rgb',
    channels: 3,
  });
});

test.each<[unknown, ErrorConstructor, string]>([
  [{ imageSize: 150 }, TypeError, 'imageSize must be [height, width], got 150'],
  [{ imageSize: [150] }, TypeError, 'imageSize must be [height, width], got [ 150 ]'],
  [{ imageSize: ['1', 1] }, TypeError, "imageSize must be [height, width], got [ '1', 1 ]"],
  [
    { imageSize: [0, 150] },
    RangeError,
    'imageSize must be two whole numbers from 1, got [ 0, 150 ]',
  ],
  [
    { imageSize: [2, 1.5] },
    RangeError,
    'imageSize must be two whole numbers from 1, got [ 2, 1.5 ]',
  ],
  [
    { interpolation: 'area' },
    RangeError,
    'interpolation must be "bilinear" or "nearest", got "area"',
  ],
  [
    { colorMode: 'grey' },
    RangeError,
    'colorMode must be "grayscale" or "rgb" or "rgba", got "grey"',
  ],
  [{ colorMode: 1 }, RangeError, 'colorMode must be "grayscale" or "rgb" or "rgba", got 1'],
  [
    { colorMode: 'rgba', background: 'white' },
    TypeError,
    'a background has no sense with colorMode "rgba", where the network gets the transparency itself, got "white"',
  ],
  [{ shrinkOnLoad: 'yes' }, TypeError, 'shrinkOnLoad must be true or false, got "yes"'],
  [{ cropToAspectRatio: 1 }, TypeError, 'cropToAspectRatio must be true or false, got 1'],
  [
    { cropToAspectRatio: true, padToAspectRatio: true },
    TypeError,
    'only one of cropToAspectRatio and padToAspectRatio can be true, got both',
  ],
])('checkedResizing() throws on %j', (options, type, message) => {
  const check = () => checkedResizing('Cannot load', options as Resizing);
  expect(check).toThrow(type);
  expect(check).toThrow(`Cannot load: ${message}`);
});
