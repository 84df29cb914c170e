import { rocAuc } from '../../src/evaluation/rocAuc';

test.each<[string, number[], number[], number]>([
  // Pairs (first, second): (0.1, 0.35) (0.1, 0.8) (0.4, 0.8) in order, (0.4, 0.35) not.
  ['counts the pairs in order', [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 3 / 4],
  ['is 1 when all are in order', [0, 1, 0, 1], [-5, 2, 0, 7], 1],
  ['is 0 when all are the wrong way round', [1, 0], [0.1, 0.9], 0],
  ['is 0.5 when all scores are equal', [0, 1, 1, 0, 1], [0.3, 0.3, 0.3, 0.3, 0.3], 1 / 2],
  // Pairs of first {0.2, 0.5} and second {0.5, 0.5, 0.1}: 1, 1, 0 and ½, ½, 0.
  ['counts a tie half', [0, 0, 1, 1, 1], [0.2, 0.5, 0.5, 0.5, 0.1], 3 / 6],
])('rocAuc() %s', (_, labels, scores, expected) => {
  expect(rocAuc(labels, scores)).toBeCloseTo(expected, 12);
});

test.each([
  ['a class has no picture', [1, 1], [0.1, 0.2]],
  ['there is no picture', [], []],
  ['a score is NaN', [0, 1], [NaN, 1]],
])('rocAuc() is NaN when %s', (_, labels, scores) => {
  expect(rocAuc(labels, scores)).toBeNaN();
});

test('rocAuc() throws on lists of different length, and on other labels', () => {
  const cannot = 'Cannot compute the area under the ROC curve';
  expect(() => rocAuc([0, 1], [1])).toThrow(
    new RangeError(`${cannot}: a score for each of 2 labels is required, got 1`),
  );
  expect(() => rocAuc([0, 2], [1, 1])).toThrow(
    new RangeError(`${cannot}: each label must be 0 or 1, got 2`),
  );
});

test('rocAuc() does not mutate its input', () => {
  const scores = [0.9, 0.1];
  rocAuc([1, 0], scores);
  expect(scores).toEqual([0.9, 0.1]);
});
