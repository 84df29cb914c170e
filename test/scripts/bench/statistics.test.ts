import { digits, median, summary } from '../../../scripts/bench/statistics';

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

describe('digits()', () => {
  test('keeps three significant digits', () => {
    expect([0.01234, 0.5, 4.567, 45.67, 999.4, 999.6, 4567].map(digits)).toEqual([
      ...['0.0123', '0.500', '4.57', '45.7', '999', '1000', '4567'],
    ]);
    expect(digits(0)).toBe('0.00');
  });
});
