import { type Background, checkedBackground } from '../../../src/images/formats/background';

test.each<[Background, number[]]>([
  ['white', [255, 255, 255]],
  ['black', [0, 0, 0]],
  ['#fF0080', [255, 0, 128]],
  [
    [1, 2, 3],
    [1, 2, 3],
  ],
])('checkedBackground() reads %j', (background, rgb) => {
  expect(checkedBackground('Cannot load', background)).toEqual(rgb);
});

test('checkedBackground() lets transparency be dropped where there is none', () => {
  expect(checkedBackground('Cannot load')).toBeUndefined();
});

test.each(['', 'red', '#fff', '#gg0000', 'constructor', null, 5, [0, 0], [0, 0, 256], [0, 0, 0.5]])(
  'checkedBackground() throws on %j',
  (background) => {
    const check = () => checkedBackground('Cannot load', background as Background);
    expect(check).toThrow(RangeError);
    expect(check).toThrow(
      'Cannot load: background must be "white", "black", a colour as "#ffcc00" or',
    );
  },
);
