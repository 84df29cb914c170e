import { describeScores } from '../../src/cli/describeScores';
import { summarize } from '../../src/evaluation/evaluation';

test('describeScores() says of each accuracy what it was measured on, that of unseen pictures last', () => {
  const history = { loss: [0.3], accuracy: [0.895], val_accuracy: [0.7] };
  const pictures = { train: 140, validation: 40, test: 21 };
  const answers = Array.from({ length: 21 }, (_, i) => ({
    ...{ label: Number(i >= 14), outputs: [0.1], loss: 1 },
  }));
  const test = summarize(answers, ['happy', 'sad']);
  // The interval by statsmodels: proportion_confint(14, 21, method='wilson') gives 0.4537 to 0.8281.
  expect(describeScores({ history, pictures, test })).toEqual([
    'Accuracy in the last epoch on the 140 pictures that it was trained with: 89.5 % (measured while the weights still changed; the saved model may be right in a few more or fewer)',
    'Accuracy on the 40 pictures to validate: 70.0 %',
    'Accuracy on the 21 pictures to test, never seen before: 66.7 % (with 95 % confidence between 45.4 % and 82.8 % on all pictures of this kind)',
  ]);
  const alone = {
    history: { loss: [0.3], accuracy: [1] },
    pictures: { train: 80, validation: 0, test: 0 },
  };
  expect(describeScores(alone)).toEqual([
    'Accuracy in the last epoch on the 80 pictures that it was trained with: 100.0 % (measured while the weights still changed; the saved model may be right in a few more or fewer)',
  ]);
});

test('describeScores() says of many classes how each counts alike, and how sure the network may be', () => {
  const history = { loss: [0.3], accuracy: [1] };
  const pictures = { train: 7, validation: 2, test: 4 };
  const outputs = [
    [0.6, 0.3, 0.1],
    [0.6, 0.3, 0.1],
    [0.6, 0.3, 0.1],
    [0.1, 0.3, 0.6],
  ];
  const answers = [0, 1, 2, 2].map((label, i) => ({ label, outputs: outputs[i]!, loss: 1 }));
  const test = summarize(answers, ['happy', 'sad', 'angry']);
  // Recalls 1, 0 and 1/2; precisions 1/3, 0 and 1; F1 1/2, 0 and 2/3; half are right, all 60 % sure.
  expect(describeScores({ history, pictures, test }).at(-1)).toBe(
    'On these 4: recall 50.0 %, precision 44.4 %, F1 0.389 in the mean of the 3 classes; ' +
      'the true class among the two most probable 75.0 %; calibration error 10.0 points',
  );
});
