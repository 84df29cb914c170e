import { describeScores } from '../../src/cli/describeScores';

test('describeScores() says of each accuracy what it was measured on, that of unseen pictures last', () => {
  const history = { loss: [0.3], accuracy: [0.895], val_accuracy: [0.7] };
  const pictures = { train: 140, validation: 40, test: 21 };
  const test = { precision: 0.7, recall: 0.6, accuracy: 14 / 21, count: 21 };
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
