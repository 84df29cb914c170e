import { summarize } from '../../src/evaluation/evaluation';

const NAMES = ['happy', 'sad', 'angry', 'afraid'];

/**
 * scikit-learn 1.9.1, SciPy 1.17.1 and Keras 3.15.1 say the values below:
 *
 *   answers = p.argmax(1); sure = p.max(1); right = answers == labels
 *   precision_recall_fscore_support(labels, answers, average='macro' and None, zero_division=0)
 *   top_k_accuracy_score(labels, p, k=2); keras.metrics.SparseTopKCategoricalAccuracy(k=2)
 *   share, confidence = calibration_curve(right, sure, n_bins=10)
 *   count = np.bincount(np.searchsorted(np.linspace(0, 1, 11)[1:-1], sure)), those above 0
 *   (np.abs(share - confidence) * count).sum() / len(labels)
 *   binomtest(right of a class, pictures of it).proportion_ci(0.95, method='wilson')
 */
const LABELS = [0, 0, 0, 1, 1, 2, 2, 2, 2, 3];
const OUTPUTS = [
  [0.7, 0.1, 0.15, 0.05],
  [0.3, 0.45, 0.15, 0.1],
  [0.2, 0.15, 0.6, 0.05],
  [0.05, 0.9, 0.03, 0.02],
  [0.25, 0.35, 0.3, 0.1],
  [0.1, 0.2, 0.55, 0.15],
  [0.05, 0.05, 0.85, 0.05],
  [0.4, 0.1, 0.38, 0.12],
  [0.15, 0.02, 0.8, 0.03],
  [0.31, 0.26, 0.24, 0.19],
];
const answers = LABELS.map((label, i) => ({ label, outputs: OUTPUTS[i]!, loss: 1 }));
const near = (value: number): number => expect.closeTo(value, 9) as number;

test('summarize() averages precision, recall and F1 over the classes as scikit-learn does, and tells those of each', () => {
  const { precision, recall, f1, classes } = summarize(answers, NAMES);
  expect([precision, recall, f1]).toEqual(
    [0.4375, 0.5208333333333333, 0.4708333333333333].map(near),
  );
  const expected: Array<[string, number, number, number, number, [number, number]]> = [
    ['happy', 3, 1 / 3, 1 / 3, 1 / 3, [0.06149194472039626, 0.7923403991979523]],
    ['sad', 2, 2 / 3, 1, 0.8, [0.34238022750665303, 1]],
    ['angry', 4, 0.75, 0.75, 0.75, [0.30064184258240184, 0.9544127391902995]],
    ['afraid', 1, 0, 0, 0, [0, 0.7934506856227626]],
  ];
  expect(classes).toEqual(
    expected.map(([name, count, ofTaken, found, both, interval]) => ({
      ...{ name, count, precision: near(ofTaken), recall: near(found), f1: near(both) },
      recallInterval: interval.map(near),
    })),
  );
});

test('summarize() counts a picture whose class is the second most probable for the top-2 accuracy, also in a tie, as Keras does', () => {
  expect(summarize(answers, NAMES).topTwoAccuracy).toBe(0.9);
  const tie = [{ label: 2, outputs: [0.4, 0.3, 0.3, 0], loss: 1 }];
  expect(summarize(tie, NAMES).topTwoAccuracy).toBe(1);
  const two = [{ label: 0, outputs: [0.9], loss: 1 }];
  expect(summarize(two, ['happy', 'sad']).topTwoAccuracy).toBe(1);
});

test('summarize() gives the expected calibration error with its bins, as scikit-learn bins them', () => {
  const { calibrationError, calibration } = summarize(answers, NAMES);
  expect(calibrationError).toBeCloseTo(0.141, 9);
  expect(calibration).toEqual(
    [
      [0.35333333333333333, 1 / 3, 3],
      [0.45, 0, 1],
      [0.575, 0.5, 2],
      [0.7, 1, 1],
      [0.8, 1, 1],
      [0.875, 1, 2],
    ].map(([confidence, accuracy, count]) => ({
      ...{ confidence: near(confidence!), accuracy: near(accuracy!), count },
    })),
  );
});

test('summarize() takes a sigmoid below a half for as sure of the first class as it is far from one', () => {
  const one = (label: number, output: number) => ({ label, outputs: [output], loss: 1 });
  // 95 % sure in the mean of the first three, two of them right; 60 % sure and wrong.
  const ofSigmoid = [one(0, 0.05), one(0, 0.05), one(0, 0.95), one(1, 0.4)];
  const { calibration, calibrationError } = summarize(ofSigmoid, ['happy', 'sad']);
  expect(calibration).toEqual([
    { confidence: near(0.6), accuracy: 0, count: 1 },
    { confidence: near(0.95), accuracy: near(2 / 3), count: 3 },
  ]);
  expect(calibrationError).toBeCloseTo((0.6 + 3 * 0.95 - 2) / 4, 9);
});

test('summarize() knows no calibration of outputs that are no probabilities, and nothing of a class without a picture', () => {
  const unknown = [{ label: 0, outputs: [3, -2, 0], loss: 1 }];
  const { calibration, calibrationError, classes } = summarize(unknown, ['a', 'b', 'c']);
  expect([calibrationError, calibration]).toEqual([NaN, []]);
  expect(classes[1]).toEqual({
    ...{ name: 'b', count: 0, precision: 0, recall: 0, recallInterval: [0, 1], f1: 0 },
  });
});
