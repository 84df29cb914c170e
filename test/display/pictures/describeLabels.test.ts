import { describeLabels } from '../../../src/display/pictures/describeLabels';

test('describeLabels() counts equal neighbours', () => {
  expect(describeLabels(4, ['happy', 'happy', 'sad', 'happy'])).toBe(
    'Grid of 4 pictures: happy × 2, sad, happy',
  );
});

test('describeLabels() writes a label on one line', () => {
  expect(describeLabels(1, ['sad\n54 %'])).toBe('Grid of 1 picture: sad 54 %');
});

test('describeLabels() does without labels', () => {
  expect(describeLabels(3)).toBe('Grid of 3 pictures');
});

test('describeLabels() tells no more than a listener can take', () => {
  const labels = Array.from({ length: 100 }, (_, i) => `${i} ${'long '.repeat(40)}`);
  const told = describeLabels(100, labels);
  expect(told).toMatch(/, and 60 more$/);
  expect(told.length).toBeLessThan(40 * 83);
});
