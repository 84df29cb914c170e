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

/** Each class is taken for the next one as often as it is told. */
function evaluationOfMany(classes: number, mistaken: (label: number) => number, pictures = 10) {
  const answers = Array.from({ length: classes }, (_, label) => {
    const answer = (k: number) => {
      const outputs = Array.from({ length: classes }, (_, i) => (i === k ? 0.7 : 0.3 / classes));
      return { label, outputs, loss: 0.5 };
    };
    const wrong = mistaken(label);
    return Array.from({ length: pictures }, (_, i) =>
      answer(i < wrong ? (label + 1) % classes : label),
    );
  });
  return summarize(
    answers.flat(),
    Array.from({ length: classes }, (_, i) => `class-${i}`),
  );
}

test('describeEvaluation() tells of seven classes the top-2 accuracy, the calibration, a short matrix and each class', () => {
  const evaluation = evaluationOfMany(7, (label) => label);
  const lines = describeEvaluation({ ...evaluation, answers: [], mistakes: [] }).split('\n');
  // 49 of 70 right, each 70 % sure; of the 21 wrong ones all others are equally probable.
  expect(lines.slice(0, 3)).toEqual([
    '70 pictures: accuracy 70.0 %, loss 0.5000',
    // Precisions 10/16, 9/9, 8/9, 7/9, 6/9, 5/9 and 4/9.
    expect.stringMatching(/^precision 70\.8 %, recall 70\.0 %, .* \(mean of the classes\)$/),
    'top-2 accuracy 100.0 %, calibration error 0.0 points',
  ]);
  expect(lines.slice(4, 6)).toEqual([
    'true class, taken for:  class-0  class-1  class-2  class-3  class-4  class-5  class-6',
    'class-0                      10        0        0        0        0        0        0',
  ]);
  // 4 of 10 right by Wilson: 16.8 to 68.7 %; 5 of class 5 and 4 of class 6 are taken for it.
  expect(lines.slice(13, 14).concat(lines.slice(20, 21))).toEqual([
    'class    pictures   recall  with 95 % confidence  precision     F1',
    'class-6        10   40.0 %      16.8 % to 68.7 %     44.4 %  0.421',
  ]);
});

test('describeEvaluation() writes of 1,000 classes the most confused ones, and the worst', () => {
  const evaluation = evaluationOfMany(1000, (label) => (label >= 400 && label < 410 ? 1 : 0), 2);
  const text = describeEvaluation({ ...evaluation, answers: [], mistakes: [] });
  const lines = text.split('\n');
  expect(lines.length).toBeLessThan(40);
  expect(lines[4]).toContain('class-409  class-410  989 others');
  expect(lines.filter((line) => line.includes('50.0 %  '))).toHaveLength(10);
  expect(text).toContain('… and 988 classes of a better recall');
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
