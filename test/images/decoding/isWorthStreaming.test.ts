import { isWorthStreaming } from '../../../src/images/decoding/isWorthStreaming';

const pictures = (count: number, side: number) =>
  new Array(count).fill({ size: [side, side] }) as Array<{ size: [number, number] }>;

test('isWorthStreaming() is for many pictures, or for large ones', () => {
  expect(isWorthStreaming([])).toBe(false);
  expect(isWorthStreaming(pictures(80, 150))).toBe(false); // 1.8 million pixels
  expect(isWorthStreaming(pictures(1, 2001))).toBe(true);
  expect(isWorthStreaming(pictures(224, 256))).toBe(true); // 14.7 million
});
