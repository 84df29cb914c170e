import { classResults } from '../../src/evaluation/classResults';
import { classScores } from '../../src/evaluation/classScores';

const scoresOf = (matrix: number[][]) => classScores(classResults(matrix, matrix.map(String)));

test('classScores() speaks of the second of two classes', () => {
  const matrix = [
    [8, 2],
    [1, 9],
  ];
  expect(scoresOf(matrix)).toEqual({ precision: 9 / 11, recall: 9 / 10, f1: 18 / 21 });
});

test('classScores() averages several classes, each counted alike', () => {
  const matrix = [
    [1, 0, 1], // precision 1/2, recall 1/2, F1 1/2
    [0, 1, 0], // 1, 1, 1
    [1, 0, 2], // 2/3, 2/3, 2/3
  ];
  const mean = expect.closeTo((1 / 2 + 1 + 2 / 3) / 3, 12);
  expect(scoresOf(matrix)).toEqual({ precision: mean, recall: mean, f1: mean });
});

test('classScores() is 0 where there is nothing to divide by', () => {
  const nothingFound = [
    [3, 0],
    [0, 0],
  ];
  expect(scoresOf(nothingFound)).toEqual({ precision: 0, recall: 0, f1: 0 });
});
