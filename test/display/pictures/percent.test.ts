import { percent } from '../../../src/display/pictures/percent';

test('percent() rounds, but never an uncertain probability to 100 %', () => {
  const shares = [0, 0.0004, 0.5654, 0.9, Math.fround(0.9), 0.9994, 0.99999, 1];
  expect(shares.map(percent)).toEqual([
    ...['0.0 %', '0.0 %', '56.5 %', '90.0 %', '90.0 %', '99.9 %', '99.9 %', '100.0 %'],
  ]);
});
