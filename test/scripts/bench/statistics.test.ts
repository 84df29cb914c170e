import { median, ratios, summary } from '../../../scripts/bench/statistics';

describe('median()', () => {
  test('is the middle one, whatever the order', () => {
    expect(median([9, 1, 4])).toBe(4);
    expect(median([7])).toBe(7);
  });

  test('is the mean of the two in the middle of an even number', () => {
    expect(median([10, 1, 2, 4])).toBe(3);
  });

  test('leaves the list as it was', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });

  test('throws when there is no value', () => {
    expect(() => median([])).toThrow('Cannot take a median: a value is required, got none');
  });
});

describe('summary()', () => {
  test('tells the median and the spread', () => {
    expect(summary([2, 5, 3])).toEqual({ median: 3, min: 2, max: 5 });
  });
});

describe('ratios()', () => {
  test('divides round by round, not the medians', () => {
    expect(ratios([2, 9, 4], [1, 3, 8])).toEqual([2, 3, 0.5]);
  });

  test('throws when a round is missing', () => {
    expect(() => ratios([1, 2], [1])).toThrow('as many of both are required, got 2 and 1');
  });
});
