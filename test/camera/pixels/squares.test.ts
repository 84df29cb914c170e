import { cutSquare, middleSquare, squareAround } from '../../../src/camera/pixels/squares';

/** Each pixel's red is its number. */
const pixels = {
  width: 3,
  height: 2,
  data: Uint8ClampedArray.from({ length: 24 }, (_, i) => (i % 4 === 3 ? 128 : i >> 2)),
};

test('squareAround() takes 1.2 times the larger side around the middle of a face', () => {
  const box = { left: 100, top: 40, width: 50, height: 60 };
  // 72 wide, around (125, 70).
  expect(squareAround({ box })).toEqual({ left: 89, top: 34, side: 72 });
});

test('middleSquare() takes as much as there is', () => {
  expect(middleSquare({ width: 640, height: 481 })).toEqual({ left: 79, top: 0, side: 481 });
});

test('cutSquare() cuts pixels out, black and opaque beyond the edge', () => {
  const { width, height, data } = cutSquare(pixels, { left: 1, top: 1, side: 3 });
  expect([width, height]).toEqual([3, 3]);
  const rows = [0, 1, 2].map((y) => Array.from(data.subarray(12 * y, 12 * y + 12)));
  const black = [0, 0, 0, 255];
  expect(rows[0]).toEqual([4, 4, 4, 128, 5, 5, 5, 128, ...black]);
  expect(rows[1]).toEqual([...black, ...black, ...black]);
  expect(rows[2]).toEqual(rows[1]);
});

test('cutSquare() is black where a square lies beside the picture', () => {
  const { data } = cutSquare(pixels, { left: -9, top: 0, side: 2 });
  expect(Array.from(data)).toEqual([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255]);
});
