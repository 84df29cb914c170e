import { describeCaptions } from '../../../src/display/pictures/describeCaptions';

test('describeCaptions() counts equal neighbours', () => {
  expect(describeCaptions(4, ['happy', 'happy', 'sad', 'happy'])).toBe(
    'Grid of 4 pictures: happy × 2, sad, happy',
  );
});

test('describeCaptions() writes a caption on one line', () => {
  expect(describeCaptions(1, ['sad\n54 %'])).toBe('Grid of 1 picture: sad 54 %');
});

test('describeCaptions() does without captions', () => {
  expect(describeCaptions(3)).toBe('Grid of 3 pictures');
});

test('describeCaptions() tells no more than a listener can take', () => {
  const captions = Array.from({ length: 100 }, (_, i) => `${i} ${'long '.repeat(40)}`);
  const told = describeCaptions(100, captions);
  expect(told).toMatch(/, and 60 more$/);
  expect(told.length).toBeLessThan(40 * 83);
});
