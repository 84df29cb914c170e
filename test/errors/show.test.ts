import { show } from '../../src/errors/show';

test('show() puts strings in double quotes, on one line', () => {
  expect(show('😀 face')).toBe('"😀 face"');
  expect(show('new\nline "x"')).toBe('"new\\nline \\"x\\""');
});

test('show() tells other values apart', () => {
  expect([show(NaN), show(undefined), show([0, 150])]).toEqual(['NaN', 'undefined', '[ 0, 150 ]']);
});
