import { rm } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';

import { pictureFor } from '../../src/display/network/pictureFor';
import { evaluatePictures } from '../../src/evaluation/evaluatePictures';
import { predictFolder } from '../../src/evaluation/predictFolder';
import { predictPicture } from '../../src/evaluation/predictPicture';
import { readingOf } from '../../src/images/datasets/withReading';
import { imageDatasetFromDirectory } from '../../src/images/datasets/imageDatasetFromDirectory';
import type { Classifier } from '../../src/models/classifier';
import { resizingOf } from '../../src/models/resizingOf';
import { loadClassifier } from '../../src/saving/loadClassifier';
import { saveClassifier } from '../../src/saving/saveClassifier';
import { tf } from '../../src/tensorflow/tf';
import { folderWith } from '../support/pictures';

/** Chequered pixel by pixel: at half the size the nearest ones are all black or all white, the mean of them is grey. */
function chequered(first: number): Promise<Buffer> {
  const pixels = Buffer.from(
    Array.from({ length: 64 * 64 * 3 }, (_, i) => {
      const place = Math.floor(i / 3);
      return (place + Math.floor(place / 64)) % 2 === 0 ? first : 255 - first;
    }),
  );
  return sharp(pixels, { raw: { width: 64, height: 64, channels: 3 } })
    .png()
    .toBuffer();
}

let folder: string;
let classifier: Classifier;
let history: tf.History;

beforeAll(async () => {
  folder = await folderWith({ 'a/1.png': await chequered(255), 'b/1.png': await chequered(0) });
  const pictures = await imageDatasetFromDirectory(folder, {
    imageSize: [16, 16],
    labelMode: 'binary',
    interpolation: 'nearest',
    seed: 1,
  });
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [16, 16, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'binaryCrossentropy', metrics: ['accuracy'] });
  const rescaled = pictures.map(({ xs, ys }) => ({ xs: xs.div(255), ys }));
  history = await model.fitDataset(rescaled, { epochs: 30, verbose: 0 });
  classifier = {
    model,
    classNames: ['a', 'b'],
    input: { imageSize: [16, 16], rescale: { scale: 1 / 255 } },
  };
});

afterAll(async () => {
  classifier.model.dispose();
  await rm(folder, { recursive: true });
});

const pictureOf = (name: string) => path.join(folder, name, '1.png');

test('the interpolation of the training is that of every answer, though the classifier does not name it', async () => {
  expect(history.history['acc']!.at(-1)).toBe(1);
  const labelled = ['a', 'b'].map((name, label) => ({ path: pictureOf(name), label }));
  const { accuracy, answers } = await evaluatePictures(classifier, labelled);
  expect(accuracy).toBe(1);
  const { predictions } = await predictFolder(classifier, folder);
  for (const [i, name] of ['a', 'b'].entries()) {
    const prediction = await predictPicture(classifier, pictureOf(name));
    expect(prediction.predictedClass).toBe(name);
    // A batch of two may be summed up in another order than one of one.
    const probability = expect.closeTo(prediction.probability, 6);
    const probabilities = prediction.probabilities.map((one) => expect.closeTo(one, 6));
    const answer = { ...prediction, probability, probabilities };
    expect(predictions[i]).toEqual({ ...answer, path: pictureOf(name) });
    expect(answers[i]!.probability).toEqual(probability);
  }
});

test('what a heat map lies over is the picture as the network was trained to see it', async () => {
  const { pixels } = await pictureFor(classifier, pictureOf('a'));
  expect(new Set(pixels)).toEqual(new Set([255]));
});

test('a classifier that names an interpolation is asked with that one', async () => {
  const input = { ...classifier.input, interpolation: 'bilinear' } as const;
  const named = { ...classifier, input };
  const answers = await Promise.all(
    ['a', 'b'].map((name) => predictPicture(named, pictureOf(name))),
  );
  // Both pictures are the same grey to it.
  expect(answers[0]).toEqual(answers[1]);
  expect(resizingOf(named).interpolation).toBe('bilinear');
});

test('the interpolation of the training is saved with the model', async () => {
  const saved = path.join(folder, '.saved');
  await saveClassifier(classifier, saved);
  const loaded = await loadClassifier(saved);
  expect(loaded).toMatchObject({ input: { interpolation: 'nearest', shrinkOnLoad: false } });
  expect(await predictPicture(loaded, pictureOf('b'))).toEqual(
    await predictPicture(classifier, pictureOf('b')),
  );
  loaded.model.dispose();
});

test('a dataset hands on how its pictures are read, whatever is made of it', async () => {
  const pictures = await imageDatasetFromDirectory(folder, { interpolation: 'nearest' });
  const derived = pictures
    .map((batch) => batch)
    .mapAsync(async (batch) => batch)
    .filter(() => true)
    .shuffle(2)
    .skip(0)
    .take(1)
    .repeat(2)
    .concatenate(pictures)
    .prefetch(1)
    .batch(1);
  expect(readingOf(derived)).toEqual({
    interpolation: 'nearest',
    cropToAspectRatio: false,
    padToAspectRatio: false,
    shrinkOnLoad: false,
    colorMode: 'rgb',
  });
  expect(readingOf(tf.data.array([1]))).toBeUndefined();
});
