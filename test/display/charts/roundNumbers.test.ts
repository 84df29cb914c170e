import { roundNumbers, roundStep } from '../../../src/display/charts/roundNumbers';

const textsOf = (values: number[]) => roundNumbers(values).numbers.map(({ text }) => text);

test('roundNumbers() goes from 0 to a round number that no value exceeds', () => {
  expect(textsOf([0.7, 1.1])).toEqual(['0.0', '0.5', '1.0', '1.5']);
  expect(textsOf([0.4, 0.8])).toEqual(['0.0', '0.2', '0.4', '0.6', '0.8']);
  expect(textsOf([-3, 2])).toEqual(['−3', '−2', '−1', '0', '1', '2']);
  expect(textsOf([12_000])).toEqual(['0', '5,000', '10,000', '15,000']);
});

test('roundNumbers() writes very large and very small numbers with their power of ten', () => {
  expect(textsOf([2e6])).toEqual(['0', '500,000', '1.0e6', '1.5e6', '2.0e6']);
  expect(textsOf([5e-7])).toEqual(['0', '1e−7', '2e−7', '3e−7', '4e−7', '5e−7']);
});

test('roundNumbers() leaves out NaN and the infinities, and finds room for nothing at all', () => {
  expect(roundNumbers([NaN, Infinity, -Infinity, 3]).greatest).toBe(3);
  for (const values of [[], [0], [NaN], [5e-324]]) {
    expect(roundNumbers(values)).toMatchObject({ least: 0, greatest: 1 });
  }
});

test('roundStep() is 1, 2 or 5 times a power of ten', () => {
  expect([0.03, 1, 1.1, 3, 7, 21].map(roundStep)).toEqual([0.05, 1, 2, 5, 10, 50]);
});
