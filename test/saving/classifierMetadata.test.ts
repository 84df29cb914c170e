import { checkedMetadata } from '../../src/saving/classifierMetadata';
import { smallClassifier } from '../support/classifier';

const two = smallClassifier(1);
const three = smallClassifier(1, ['a', 'b', 'c'], 'softmax');
const input = { imageSize: [4, 4], rescale: { divisor: 255 } };
const good = { classNames: ['happy', 'sad'], input };

afterAll(() => [two, three].forEach(({ model }) => model.dispose()));

test('checkedMetadata() takes what fits the model, and nothing more', () => {
  expect(checkedMetadata('Cannot save', { ...good, more: 1 }, two.model)).toEqual(good);
  const names = { ...good, classNames: ['a', 'b', 'c'] };
  expect(checkedMetadata('Cannot save', names, three.model)).toEqual(names);
  const shrunk = { ...good, input: { ...input, shrinkOnLoad: true, interpolation: 'nearest' } };
  expect(checkedMetadata('Cannot save', shrunk, two.model)).toEqual(shrunk);
  const rescale = { divisor: 255, mean: [0.5], std: [0.25] };
  const grey = { ...good, input: { ...input, colorMode: 'grayscale', rescale } };
  expect(checkedMetadata('Cannot save', grey, two.model)).toEqual(grey);
});

test.each([
  [undefined],
  [null],
  ['happy'],
  [{}],
  [{ ...good, classNames: ['happy'] }],
  [{ ...good, classNames: 'happy' }],
])('checkedMetadata() throws on %j', (metadata) => {
  expect(() => checkedMetadata('Cannot save', metadata, two.model)).toThrow(
    `Cannot save: classNames (two or more) are required, got ${JSON.stringify(metadata)}`,
  );
});

const forms = 'rescale must be "none", { scale, offset } or { divisor, mean, std }, got';
test.each<[unknown, string]>([
  [
    undefined,
    'its input is required, as { imageSize: [150, 150], rescale: { divisor: 255 } }, not imageSize and scale beside the model as in older programs',
  ],
  [[], 'options are required in an object'],
  [{ rescale: 'none' }, 'imageSize must be [height, width], got undefined'],
  [{ ...input, imageSize: [4] }, 'imageSize must be [height, width], got [ 4 ]'],
  [{ ...input, imageSize: [0, 4] }, 'imageSize must be two whole numbers from 1, got [ 0, 4 ]'],
  [{ ...input, shrinkOnLoad: 'yes' }, 'shrinkOnLoad must be true or false, got "yes"'],
  [{ ...input, interpolation: 'bicubic' }, 'interpolation must be "bilinear" or "nearest", got'],
  [{ ...input, colorMode: 'bgr' }, 'colorMode must be "grayscale" or "rgb" or "rgba", got "bgr"'],
  [
    { ...input, colorMode: 'rgba', background: 'white' },
    'a background has no sense with colorMode "rgba"',
  ],
  [
    { ...input, colorMode: 'rgb', rescale: { divisor: 255, mean: [1] } },
    'rescale.mean must be a number, or one for each channel, of which pictures of colorMode "rgb" have 3',
  ],
  [{ ...input, background: 'grey' }, 'background must be "white", "black"'],
  [{ ...input, scale: 1 }, 'there is no option "scale"'],
  [{ imageSize: [4, 4] }, `${forms} undefined`],
  [{ ...input, rescale: 'tf' }, `${forms} "tf"`],
  [{ ...input, rescale: {} }, `${forms} {}`],
  [{ ...input, rescale: { scale: 0 } }, `${forms} { scale: 0 }`],
  [{ ...input, rescale: { scale: NaN } }, `${forms} { scale: NaN }`],
  [{ ...input, rescale: { scale: 1, mean: 1 } }, `${forms} { scale: 1, mean: 1 }`],
  [
    { ...input, rescale: { divisor: 255, mean: [1, 2] } },
    `${forms} { divisor: 255, mean: [ 1, 2 ]`,
  ],
  [{ ...input, rescale: { divisor: 255, std: [1, 0, 1] } }, `${forms} { divisor: 255, std: [ 1, 0`],
])('checkedMetadata() throws on the input %j', (wrong, reason) => {
  const metadata = { ...good, input: wrong };
  expect(() => checkedMetadata('Cannot save', metadata, two.model)).toThrow(
    `Cannot save: ${reason}`,
  );
});

test("checkedMetadata() throws when the names do not fit the model's output", () => {
  expect(() => checkedMetadata('Cannot save', good, three.model)).toThrow(
    'Cannot save: classNames must fit the model\'s output of 3, got ["happy","sad"]',
  );
  const names = { ...good, classNames: ['a', 'b', 'c'] };
  expect(() => checkedMetadata('Cannot save', names, two.model)).toThrow(
    'Cannot save: classNames must fit the model\'s output of 1, got ["a","b","c"]',
  );
});
