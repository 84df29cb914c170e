import { faceAnchors } from '../../src/faces/faceAnchors';

test('faceAnchors() gives two centres for each of 16×16 cells, then six for each of 8×8, row by row', () => {
  const anchors = faceAnchors();
  expect(anchors).toHaveLength(896);
  expect(anchors.slice(0, 3)).toEqual([
    [1 / 32, 1 / 32],
    [1 / 32, 1 / 32],
    [3 / 32, 1 / 32],
  ]);
  expect(anchors[2 * 16]).toEqual([1 / 32, 3 / 32]);
  expect(anchors[511]).toEqual([31 / 32, 31 / 32]);
  expect(anchors.slice(512, 519)).toEqual([
    ...Array.from({ length: 6 }, () => [1 / 16, 1 / 16]),
    [3 / 16, 1 / 16],
  ]);
});
