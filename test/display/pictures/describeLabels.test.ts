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
