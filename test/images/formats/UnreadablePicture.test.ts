import { UnreadablePicture } from '../../../src/images/formats/UnreadablePicture';

test('UnreadablePicture names the picture, and keeps the bare reason for a list', () => {
  const error = new UnreadablePicture('"a.png"', 'it is empty');
  expect(String(error)).toBe('UnreadablePicture: Cannot read picture "a.png": it is empty');
  expect(error.reason).toBe('it is empty');
});
