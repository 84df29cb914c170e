import { predictedIndex, probabilitiesOf } from '../../src/evaluation/probabilitiesOf';

test('predictedIndex() takes 0.5 of one output for the first class, and the first of equal outputs', () => {
  expect([0.5, 0.51, NaN].map((output) => predictedIndex([output]))).toEqual([0, 1, 0]);
  expect(predictedIndex([0.1, 0.7, 0.2])).toBe(1);
  expect(predictedIndex([0.4, 0.4, 0.2])).toBe(0);
});

test('probabilitiesOf() makes two of one output, and takes more as they are', () => {
  expect(probabilitiesOf([0.25], 2)).toEqual([0.75, 0.25]);
  expect(probabilitiesOf([0.1, 0.7, 0.2], 3)).toEqual([0.1, 0.7, 0.2]);
});

test('probabilitiesOf() says what is wrong, of 1,000 classes too', () => {
  expect(() => probabilitiesOf([1], 1)).toThrow(
    new Error(
      'Cannot classify the picture: a network with one output distinguishes 2 classes, got 1',
    ),
  );
  expect(() => probabilitiesOf([NaN], 2)).toThrow(
    new Error(
      'Cannot classify the picture: a probability for each of 2 classes is required, got NaN, NaN',
    ),
  );
  expect(() => probabilitiesOf(Array<number>(1000).fill(NaN), 1000)).toThrow(
    /got (NaN, ){9}NaN and 990 more$/,
  );
});
