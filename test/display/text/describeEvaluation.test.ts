import { describeEvaluation, describeEvidence } from '../../../src/display/text/describeEvaluation';
import { summarize } from '../../../src/evaluation/evaluation';

/** An evaluation of two classes with so many right and wrong pictures of each. */
function evaluationOf([[a, b], [c, d]]: [[number, number], [number, number]]) {
  const answers = (count: number, label: number, probability: number) =>
    Array<{ label: number; outputs: number[]; loss: number }>(count).fill({
      label,
      outputs: [probability],
      loss: 0.25,
    });
  const all = [answers(a, 0, 0.2), answers(b, 0, 0.8), answers(c, 1, 0.2), answers(d, 1, 0.8)];
  return summarize(all.flat(), ['happy', 'sad']);
}

const mistake = (i: number) => ({
  path: `data/sad/${i}.png`,
  label: 1,
  trueClass: 'sad',
  predictedClass: 'happy',
  probability: 0.987,
  probabilities: [0.987, 0.013],
  loss: 4,
});

test('describeEvaluation() tells the numbers, the matrix, the evidence and the worst mistakes', () => {
  const evaluation = evaluationOf([
    [14, 6],
    [5, 15],
  ]);
  const mistakes = Array.from({ length: 11 }, (_, i) => mistake(i));
  const text = describeEvaluation({ ...evaluation, answers: [], mistakes });
  const lines = text.split('\n');
  expect(lines.slice(0, 6)).toEqual([
    '40 pictures: accuracy 72.5 %, loss 0.2500',
    // 15 of 21 and 15 of 20; of 400 pairs 14 · 15 in order, 14 · 5 + 6 · 15 ties.
    'precision 71.4 %, recall 75.0 %, F1 0.732, ROC-AUC 0.725 (of "sad")',
    '',
    '       taken for happy  taken for sad',
    'happy               14              6',
    'sad                  5             15',
  ]);
  expect(text).toContain(describeEvidence(evaluation));
  expect(lines.slice(-12, -10)).toEqual([
    'Mistakes, the worst first:',
    '  data/sad/0.png: sad, taken for happy (98.7 %)',
  ]);
  expect(lines.at(-1)).toBe('  … and 1 more');
});

test('describeEvidence() says what 32 pictures, all right, can and cannot prove', () => {
  const evaluation = evaluationOf([
    [16, 0],
    [0, 16],
  ]);
  // 32 / (32 + z²) = 0.893; z² · (1 / 0.04 − 1) = 92.2 pictures for a range of 4 points.
  expect(describeEvidence(evaluation)).toBe(
    '32 of 32 right: on all pictures of this kind the accuracy is, with 95 % confidence, between 89.3 % and 100.0 %, ' +
      'if the pictures are independent (several of one face are not) and none of them was in the training. ' +
      'That is better than always guessing the commonest class (50.0 %), and tells no two classifiers apart that both lie in this range; ' +
      'a range of 4 points takes about 93 pictures.',
  );
});

test('describeEvidence() says when guessing would do as well', () => {
  const evaluation = evaluationOf([
    [0, 2],
    [0, 6],
  ]);
  expect(describeEvidence(evaluation)).toContain(
    'That does not prove it to be better than always guessing the commonest class (75.0 %), and tells',
  );
});

test('describeEvidence() asks for no more pictures where there are enough', () => {
  const evaluation = evaluationOf([
    [1200, 1200],
    [1200, 1200],
  ]);
  expect(describeEvidence(evaluation)).toMatch(/commonest class \(50\.0 %\)\.$/);
  const few = evaluationOf([
    [1, 1],
    [1, 1],
  ]);
  // (z / 0.04)² − z² = 2397.1
  expect(describeEvidence(few)).toContain('takes about 2400 pictures.');
});
