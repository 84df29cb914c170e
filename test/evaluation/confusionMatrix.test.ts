import { confusionMatrix } from '../../src/evaluation/confusionMatrix';

test('confusionMatrix() has a row for each true class and a column for each answer', () => {
  expect(confusionMatrix([0, 0, 1, 2, 2, 2], [0, 2, 1, 2, 2, 0], 3)).toEqual([
    [1, 0, 1],
    [0, 1, 0],
    [1, 0, 2],
  ]);
});

test('confusionMatrix() keeps a class that no picture has', () => {
  expect(confusionMatrix([1], [0], 2)).toEqual([
    [0, 0],
    [1, 0],
  ]);
});

test.each([
  [[0, 2], [0, 0], 'a whole number from 0 to 1 is required for each class, got 2'],
  [[0, 1], [0, -1], 'a whole number from 0 to 1 is required for each class, got -1'],
  [[0.5], [0], 'a whole number from 0 to 1 is required for each class, got 0.5'],
  [[0, 1], [0], 'an answer for each of 2 labels is required, got 1'],
])('confusionMatrix(%j, %j, 2) throws', (labels, predicted, reason) => {
  expect(() => confusionMatrix(labels, predicted, 2)).toThrow(
    new RangeError(`Cannot count the answers: ${reason}`),
  );
});
