import { evaluateClassifier } from '../../src/evaluation/evaluateClassifier';
import type { Classifier, ClassifierInput } from '../../src/models/classifier';
import { wilsonInterval } from '../../src/evaluation/wilsonInterval';
import { tf } from '../../src/tensorflow/tf';

const LN3 = Math.log(3);

/** A model that gives sigmoid(x): 0.75 for ln 3, 0.25 for -ln 3, 0.5 for 0. */
function sigmoidOf(metrics: string[]) {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], activation: 'sigmoid' })],
  });
  tf.tidy(() => model.setWeights([tf.ones([1, 1]), tf.zeros([1])]));
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics });
  return { model, classNames: ['happy', 'sad'] };
}

/** Batches of three numbers and the rest. */
function batchesOf(xs: number[][], ys: number[][]) {
  const pictures = tf.data.zip({ xs: tf.data.array(xs), ys: tf.data.array(ys) });
  return pictures.batch(3) as unknown as tf.data.Dataset<{ xs: tf.Tensor; ys: tf.Tensor }>;
}

const binary = () => batchesOf([[LN3], [-LN3], [LN3], [0]], [[1], [0], [0], [1]]);
// The parts that the right answers get are 0.75, 0.75, 0.25 and 0.5; 0.5 is not above 0.5, so the last is wrong.
const BINARY = {
  loss: -(Math.log(0.75) + Math.log(0.75) + Math.log(0.25) + Math.log(0.5)) / 4,
  accuracy: 2 / 4,
};

test('evaluateClassifier() gives loss and accuracy over all pictures, also in uneven batches', async () => {
  const classifier = sigmoidOf(['accuracy']);
  const { loss, accuracy } = await evaluateClassifier(classifier, binary());
  expect(loss).toBeCloseTo(BINARY.loss, 5);
  expect(accuracy).toBeCloseTo(BINARY.accuracy, 6);
  classifier.model.dispose();
});

test('evaluateClassifier() takes several classes', async () => {
  const classNames = ['happy', 'sad', 'angry'];
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 3, inputShape: [3], activation: 'softmax' })],
  });
  tf.tidy(() => model.setWeights([tf.eye(3), tf.zeros([3])]));
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  // softmax(ln 1, ln 2, ln 5) = 0.125, 0.25, 0.625
  const logits = [0, Math.log(2), Math.log(5)];
  const pictures = batchesOf(
    [logits, logits, logits, logits],
    [
      [0, 0, 1],
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ],
  );
  const { loss, accuracy } = await evaluateClassifier({ model, classNames }, pictures);
  expect(loss).toBeCloseTo(-(2 * Math.log(0.625) + Math.log(0.25) + Math.log(0.125)) / 4, 5);
  expect(accuracy).toBeCloseTo(2 / 4, 6);
  model.dispose();
});

test('evaluateClassifier() gives what a confusion matrix tells, and how sure the accuracy is', async () => {
  const classifier = sigmoidOf(['accuracy']);
  const { count, precision, recall, f1, rocAuc, ...rest } = await evaluateClassifier(
    classifier,
    binary(),
  );
  expect(count).toBe(4);
  expect(rest.classNames).toEqual(['happy', 'sad']);
  // Of the two first-class pictures one is found, of the two taken for the second class one is right.
  expect(rest.confusionMatrix).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect({ precision, recall, f1 }).toEqual({ precision: 1 / 2, recall: 1 / 2, f1: 1 / 2 });
  // First {-ln 3, ln 3}, second {ln 3, 0}: in order 1, 1, a tie ½, and 0.
  expect(rocAuc).toBe(2.5 / 4);
  expect(rest.accuracyInterval).toEqual(wilsonInterval(2, 4));
  classifier.model.dispose();
});

test('evaluateClassifier() takes labels of every kind', async () => {
  const classNames = ['happy', 'sad', 'angry'];
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 3, inputShape: [3], activation: 'softmax' })],
  });
  tf.tidy(() => model.setWeights([tf.eye(3), tf.zeros([3])]));
  const xs = [
    [9, 0, 0],
    [0, 9, 0],
    [0, 0, 9],
    [9, 0, 0],
  ];
  const matrix = [
    [1, 0, 0],
    [0, 1, 0],
    [1, 0, 1],
  ];
  const places = [[0], [1], [2], [2]];
  const oneHot = places.map(([place]) => [0, 1, 2].map((k) => Number(k === place)));
  for (const [loss, ys] of [
    ['sparseCategoricalCrossentropy', places],
    ['categoricalCrossentropy', oneHot],
  ] as const) {
    model.compile({ optimizer: 'sgd', loss, metrics: ['accuracy'] });
    const evaluation = await evaluateClassifier(
      { model, classNames },
      batchesOf(xs, ys as number[][]),
    );
    expect(evaluation.confusionMatrix).toEqual(matrix);
    // Right are three, each with -ln(e⁹ / (e⁹ + 2)); the last one's class got 1 / (e⁹ + 2).
    const sum = Math.exp(9) + 2;
    expect(evaluation.loss).toBeCloseTo((3 * Math.log(sum / Math.exp(9)) + Math.log(sum)) / 4, 4);
    expect(evaluation.recall).toBeCloseTo((1 + 1 + 1 / 2) / 3, 12);
  }
  model.dispose();
});

test('evaluateClassifier() throws when there is no picture', async () => {
  const classifier = sigmoidOf(['accuracy']);
  await expect(evaluateClassifier(classifier, binary().take(0))).rejects.toThrow(
    new RangeError('Cannot evaluate the model: a picture is required, got none'),
  );
  classifier.model.dispose();
});

test('evaluateClassifier() finds the accuracy among other metrics', async () => {
  const classifier = sigmoidOf(['mse', 'accuracy']);
  const { accuracy } = await evaluateClassifier(classifier, binary());
  expect(accuracy).toBeCloseTo(BINARY.accuracy, 6);
  classifier.model.dispose();
});

test.each([[[]], [['mse']]])(
  'evaluateClassifier() gives the accuracy of a model that was compiled with the metrics %j',
  async (metrics) => {
    const classifier = sigmoidOf(metrics);
    const { accuracy } = await evaluateClassifier(classifier, binary());
    expect(accuracy).toBeCloseTo(BINARY.accuracy, 6);
    classifier.model.dispose();
  },
);

test('evaluateClassifier() throws on a model that was not compiled', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  await expect(
    evaluateClassifier({ model, classNames: ['happy', 'sad'] }, binary()),
  ).rejects.toThrow(
    'Cannot evaluate the model: it must be compiled with one loss, and it has none: it is not compiled',
  );
  model.dispose();
});

test('evaluateClassifier() changes no weight and leaks nothing', async () => {
  const classifier = sigmoidOf(['accuracy']);
  await evaluateClassifier(classifier, binary());
  const before = tf.memory().numTensors;
  await evaluateClassifier(classifier, binary());
  expect(tf.memory().numTensors).toBe(before);
  expect(classifier.model.getWeights().map((weight) => weight.arraySync())).toEqual([[[1]], [0]]);
  classifier.model.dispose();
});

test('evaluateClassifier() refuses a model alone, and class names that are not as many as its classes', async () => {
  const { model } = sigmoidOf([]);
  const alone = model as unknown as Classifier;
  await expect(evaluateClassifier(alone, binary())).rejects.toThrow(
    new TypeError(
      'Cannot evaluate the model: a classifier is required, an object with model and classNames, got a model alone',
    ),
  );
  await expect(
    evaluateClassifier({ model, classNames: ['happy', 'sad', 'angry'] }, binary()),
  ).rejects.toThrow(
    new RangeError(
      'Cannot evaluate the model: a name for each of its 2 classes is required, got "happy", "sad", "angry"',
    ),
  );
  model.dispose();
});

test("evaluateClassifier() refuses pictures that were not rescaled as the classifier's input says", async () => {
  const input: ClassifierInput = { imageSize: [4, 4], rescale: { divisor: 255 } };
  const classifier = { ...sigmoidOf([]), input };
  const before = tf.memory().numTensors;
  await expect(evaluateClassifier(classifier, batchesOf([[0], [255]], [[0], [1]]))).rejects.toThrow(
    new RangeError(
      "Cannot evaluate the model: pixels as the classifier's input takes them are required, at most 1, got 255; write batches.map(({ xs, ys }) => ({ xs: toInput(xs, classifier.input.rescale), ys }))",
    ),
  );
  const { count } = await evaluateClassifier(classifier, batchesOf([[0], [1]], [[0], [1]]));
  expect(count).toBe(2);
  expect(tf.memory().numTensors).toBe(before);
  classifier.model.dispose();
});
