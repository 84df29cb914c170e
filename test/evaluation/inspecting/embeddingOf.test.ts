import { rm } from 'node:fs/promises';
import path from 'node:path';

import { embeddingOf } from '../../../src/evaluation/inspecting/embeddingOf';
import type { Classifier } from '../../../src/models/classifier';
import { tf } from '../../../src/tensorflow/tf';
import { sigmoidClassifier } from '../../support/inspected';
import { folderWith, png } from '../../support/pictures';

let folder: string;
let files: string[];

beforeAll(async () => {
  folder = await folderWith({
    'red.png': await png(255, 0, 0),
    'black.png': await png(0, 0, 0, 7, 3), // another size
    'note.png': 'no picture',
  });
  files = ['red.png', 'black.png'].map((name) => path.join(folder, name));
});

afterAll(() => rm(folder, { recursive: true }));

/** The last layer gets the mean red, green and blue, in 0–1; what is more red than half is "sad". */
function byColour(): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [4, 4, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  tf.tidy(() => model.setWeights([tf.tensor2d([[2], [0], [0]]), tf.tensor1d([-1])]));
  return {
    model,
    classNames: ['happy', 'sad'],
    input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } },
  };
}

test('embeddingOf() tells what the last layer gets for each picture, in two dimensions too', async () => {
  const classifier = byColour();
  await embeddingOf(classifier, files);
  const before = tf.memory().numTensors;
  const { vectors, predictedClasses, points, explainedVariance } = await embeddingOf(
    classifier,
    files,
  );
  expect(tf.memory().numTensors).toBe(before);
  expect(vectors.map((vector) => Array.from(vector))).toEqual([
    [1, 0, 0],
    [0, 0, 0],
  ]);
  expect(predictedClasses).toEqual(['sad', 'happy']);
  expect(Math.abs(points[0]![0])).toBeCloseTo(0.5, 5);
  expect(points[0]![0]).toBeCloseTo(-points[1]![0], 5);
  expect(explainedVariance).toEqual([expect.closeTo(1, 5), expect.closeTo(0, 5)]);
  classifier.model.dispose();
});

test('embeddingOf() finds the same where the softmax is a layer of its own', async () => {
  const classifier = byColour();
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [4, 4, 3] }),
      tf.layers.dense({ units: 2 }),
      tf.layers.softmax(),
    ],
  });
  const { vectors } = await embeddingOf({ ...classifier, model }, files);
  expect(Array.from(vectors[0]!)).toEqual([1, 0, 0]);
  for (const one of [classifier.model, model]) one.dispose();
});

test('embeddingOf() says what is wrong, and leaks nothing', async () => {
  const classifier = byColour();
  const disposed = sigmoidClassifier();
  disposed.model.dispose();
  const before = tf.memory().numTensors;
  for (const few of [[], files.slice(0, 1)]) {
    await expect(embeddingOf(classifier, few)).rejects.toThrow(
      'Cannot compute the embedding: two pictures or more are required, got [',
    );
  }
  await expect(embeddingOf(classifier, [...files, path.join(folder, 'note.png')])).rejects.toThrow(
    'it is no PNG, JPEG, GIF, BMP or WebP',
  );
  await expect(embeddingOf(disposed, files)).rejects.toThrow('has been disposed');
  expect(tf.memory().numTensors).toBe(before);
  classifier.model.dispose();
});
