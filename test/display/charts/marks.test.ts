import { MARKS, markPath } from '../../../src/display/charts/marks';

test('markPath() draws a circle, and a polygon from corner to corner', () => {
  expect(markPath(MARKS.circle, 50, 100, 4)).toBe('M46 100a4 4 0 1 0 8 0a4 4 0 1 0 -8 0');
  expect(markPath(MARKS.diamond, 50, 100, 4)).toBe('M50 95l5 5 -5 5 -5 -5z');
});
