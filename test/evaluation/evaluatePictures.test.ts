import { rm } from 'node:fs/promises';
import path from 'node:path';

import { evaluatePictures } from '../../src/evaluation/evaluatePictures';
import type { Classifier } from '../../src/models/classifier';
import { tf } from '../../src/tensorflow/tf';
import { folderWith, png } from '../support/pictures';

let folder: string;
const file = (name: string) => path.join(folder, name);

beforeAll(async () => {
  folder = await folderWith({
    'black.png': await png(0, 0, 0),
    'dark.png': await png(51, 0, 0),
    'light.png': await png(204, 0, 0),
    'red.png': await png(255, 0, 0),
    'text.png': 'hello',
  });
});

afterAll(() => rm(folder, { recursive: true }));

/** The probability of the second class is sigmoid(gain · (red / 255 − 0.5)). */
function byRed(gain: number): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [4, 4, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([[gain], [0], [0]]), tf.tensor1d([-gain / 2])]));
  return {
    model,
    classNames: ['happy', 'sad'],
    input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } },
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

test('evaluatePictures() measures a classifier on files and tells the mistakes, the worst first', async () => {
  const classifier = byRed(4);
  const pictures = [
    { path: file('dark.png'), label: 1 },
    { path: file('black.png'), label: 0 },
    { path: file('red.png'), label: 0 },
    { path: file('light.png'), label: 1 },
  ];
  const progress: number[][] = [];
  const { mistakes, ...rest } = await evaluatePictures(classifier, pictures, {
    onProgress: (...told) => progress.push(told),
  });
  expect(rest).toMatchObject({
    count: 4,
    accuracy: 2 / 4,
    classNames: ['happy', 'sad'],
    confusionMatrix: [
      [1, 1],
      [1, 1],
    ],
  });
  // What the right class gets: sigmoid(4 · (0.2 − 0.5)), sigmoid(2), sigmoid(−2), sigmoid(4 · (0.8 − 0.5)).
  const losses = [-1.2, 2, -2, 1.2].map((x) => -Math.log(sigmoid(x)));
  expect(rest.loss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss) / 4, 5);
  expect(mistakes).toEqual([
    {
      path: file('red.png'),
      ...{ label: 0, trueClass: 'happy', predictedClass: 'sad' },
      probability: expect.closeTo(sigmoid(2), 6),
      probabilities: [expect.closeTo(sigmoid(-2), 6), expect.closeTo(sigmoid(2), 6)],
      loss: expect.closeTo(losses[2]!, 5),
    },
    {
      path: file('dark.png'),
      ...{ label: 1, trueClass: 'sad', predictedClass: 'happy' },
      probability: expect.closeTo(sigmoid(1.2), 6),
      probabilities: [expect.closeTo(sigmoid(1.2), 6), expect.closeTo(sigmoid(-1.2), 6)],
      loss: expect.closeTo(losses[0]!, 5),
    },
  ]);
  expect(
    rest.answers.map(({ path: asked, label, trueClass, predictedClass }) => [
      ...[asked, label, trueClass, predictedClass],
    ]),
  ).toEqual([
    [file('dark.png'), 1, 'sad', 'happy'],
    [file('black.png'), 0, 'happy', 'happy'],
    [file('red.png'), 0, 'happy', 'sad'],
    [file('light.png'), 1, 'sad', 'sad'],
  ]);
  rest.answers.forEach(({ loss, probability, trueClass, predictedClass }, i) => {
    expect(loss).toBeCloseTo(losses[i]!, 5);
    const ofTruth = Math.exp(-losses[i]!);
    expect(probability).toBeCloseTo(trueClass === predictedClass ? ofTruth : 1 - ofTruth, 5);
  });
  expect(progress).toEqual([[4, 4]]);
  classifier.model.dispose();
});

test('evaluatePictures() gives each picture its own name and label, also in several batches', async () => {
  const classifier = byRed(4);
  const names = ['black.png', 'red.png', 'light.png', 'dark.png'];
  const pictures = Array.from({ length: 70 }, (_, i) => ({
    path: file(names[i % 4]!),
    label: i % 4 === 1 || i % 4 === 2 ? 1 : 0, // all right …
  }));
  pictures[69] = { path: file('red.png'), label: 0 }; // … but the last
  const { accuracy, mistakes } = await evaluatePictures(classifier, pictures);
  expect(accuracy).toBe(69 / 70);
  expect(mistakes.map(({ path: mistaken }) => mistaken)).toEqual([file('red.png')]);
  classifier.model.dispose();
});

test('evaluatePictures() keeps the loss of a sure mistake finite, as Keras does', async () => {
  const classifier = byRed(1000);
  const { loss } = await evaluatePictures(classifier, [{ path: file('red.png'), label: 0 }]);
  expect(loss).toBeCloseTo(-Math.log(1e-7), 5);
  classifier.model.dispose();
});

test('evaluatePictures() takes several classes', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [4, 4, 3] }),
      tf.layers.dense({ units: 3, activation: 'softmax' }),
    ],
  });
  const biases = [Math.log(2), Math.log(5), 0]; // softmax: 0.25, 0.625, 0.125
  tf.tidy(() => model.setWeights([tf.zeros([3, 3]), tf.tensor1d(biases)]));
  const classNames = ['happy', 'sad', 'angry'];
  const pictures = [0, 1, 2].map((label) => ({ path: file('red.png'), label }));
  const evaluation = await evaluatePictures(
    { model, classNames, input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } } },
    pictures,
  );
  expect(evaluation.confusionMatrix).toEqual([
    [0, 1, 0],
    [0, 1, 0],
    [0, 1, 0],
  ]);
  expect(
    evaluation.mistakes.map(({ trueClass, predictedClass }) => [trueClass, predictedClass]),
  ).toEqual([
    ['angry', 'sad'],
    ['happy', 'sad'],
  ]);
  expect(evaluation.loss).toBeCloseTo(-Math.log(0.25 * 0.625 * 0.125) / 3, 5);
  model.dispose();
});

test('evaluatePictures() takes a folder of class folders, whatever the order of the classifier', async () => {
  const pictures = await folderWith({
    'happy/red.png': await png(255, 0, 0),
    'sad/black.png': await png(0, 0, 0),
    'sad/red.png': await png(255, 0, 0),
  });
  const classifier = { ...byRed(4), classNames: ['sad', 'happy'] };
  const { count, mistakes, confusionMatrix } = await evaluatePictures(classifier, pictures);
  expect(count).toBe(3);
  expect(confusionMatrix).toEqual([
    [1, 1],
    [0, 1],
  ]);
  expect(mistakes).toMatchObject([
    {
      path: path.join(pictures, 'sad/red.png'),
      ...{ label: 0, trueClass: 'sad', predictedClass: 'happy' },
    },
  ]);
  const other = { ...classifier, classNames: ['sad', 'angry'] };
  await expect(evaluatePictures(other, pictures)).rejects.toThrow(
    `Cannot evaluate the model on ${JSON.stringify(pictures)}: its folders must be the classes of the model, "sad", "angry", got "happy", "sad"`,
  );
  classifier.model.dispose();
  await rm(pictures, { recursive: true });
});

test('evaluatePictures() refuses a model alone', async () => {
  const { model } = byRed(4);
  await expect(evaluatePictures(model as unknown as Classifier, [])).rejects.toThrow(
    'Cannot evaluate the model: a classifier is required, an object with model and classNames, got a model alone',
  );
  model.dispose();
});

test('evaluatePictures() throws and leaks nothing', async () => {
  const classifier = byRed(4);
  const red = { path: file('red.png'), label: 0 };
  await evaluatePictures(classifier, [red]);
  const before = tf.memory().numTensors;
  await evaluatePictures(classifier, [red]);
  await expect(evaluatePictures(classifier, [])).rejects.toThrow('at least one is required');
  await expect(evaluatePictures(classifier, [{ ...red, label: 2 }])).rejects.toThrow(
    'each label must be an index in',
  );
  const text = { path: file('text.png'), label: 0 };
  await expect(evaluatePictures(classifier, [red, text])).rejects.toThrow(
    'it is no PNG, JPEG, GIF, BMP or WebP',
  );
  const three = { ...classifier, classNames: ['a', 'b', 'c'] };
  await expect(evaluatePictures(three, [red])).rejects.toThrow(
    'a network with one output distinguishes 2 classes, got 3',
  );
  expect(tf.memory().numTensors).toBe(before);
  classifier.model.dispose();
});
