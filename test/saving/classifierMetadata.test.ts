import { checkedMetadata } from '../../src/saving/classifierMetadata';
import { smallClassifier } from '../support/classifier';

const two = smallClassifier(1);
const three = smallClassifier(1, ['a', 'b', 'c'], 'softmax');
const good = { classNames: ['happy', 'sad'], imageSize: [4, 4], scale: 1 / 255 };

afterAll(() => [two, three].forEach(({ model }) => model.dispose()));

test('checkedMetadata() takes what fits the model, and nothing more', () => {
  expect(checkedMetadata('Cannot save', { ...good, more: 1 }, two.model)).toEqual(good);
  const names = { ...good, classNames: ['a', 'b', 'c'] };
  expect(checkedMetadata('Cannot save', names, three.model)).toEqual(names);
  const shrunk = { ...good, shrinkOnLoad: true, interpolation: 'nearest' };
  expect(checkedMetadata('Cannot save', shrunk, two.model)).toEqual(shrunk);
});

test.each([
  [undefined],
  [null],
  ['happy'],
  [{}],
  [{ ...good, classNames: ['happy'] }],
  [{ ...good, classNames: 'happy' }],
  [{ ...good, imageSize: [4] }],
  [{ ...good, imageSize: [0, 4] }],
  [{ ...good, imageSize: [1.5, 4] }],
  [{ ...good, scale: 0 }],
  [{ ...good, scale: NaN }],
  [{ ...good, shrinkOnLoad: 'yes' }],
  [{ ...good, interpolation: 'bicubic' }],
])('checkedMetadata() throws on %j', (metadata) => {
  expect(() => checkedMetadata('Cannot save', metadata, two.model)).toThrow(
    'Cannot save: classNames (two or more), imageSize ([height, width]) and scale are required, interpolation may be "bilinear" or "nearest", shrinkOnLoad true or false, and background a colour, got ' +
      JSON.stringify(metadata),
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
