import { thinOut } from '../../../src/display/charts/thinOut';

test('thinOut() keeps the first, the last, and the extremes of each part', () => {
  expect(thinOut([5, 1, 9, 2, 3, 3, 8, 4, 4, 7], 2)).toEqual([
    { epoch: 1, value: 5 },
    { epoch: 2, value: 1 },
    { epoch: 3, value: 9 },
    { epoch: 6, value: 3 },
    { epoch: 7, value: 8 },
    { epoch: 10, value: 7 },
  ]);
});

test('thinOut() keeps everything where that is no more than two for each part', () => {
  expect(thinOut([3, 2, 1, 0], 2).map(({ value }) => value)).toEqual([3, 2, 1, 0]);
  expect(thinOut([], 2)).toEqual([]);
});

test('thinOut() loses no NaN and no infinity, and keeps few of 100,000', () => {
  const values = Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
  values[500] = NaN;
  values[501] = Infinity;
  const kept = thinOut(values, 100);
  expect(kept.length).toBeLessThanOrEqual(204);
  expect(kept.filter(({ value }) => !Number.isFinite(value))).toEqual([
    { epoch: 501, value: NaN },
    { epoch: 502, value: Infinity },
  ]);
});
