import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { predictPicture } from '../../src/evaluation/predictPicture';
import { imageDatasetFromDirectory } from '../../src/images/datasets/imageDatasetFromDirectory';
import type { Classifier } from '../../src/models/classifier';
import { tf } from '../../src/tensorflow/tf';
import { sized } from '../support/classifier';
import { folderWith, hugePng, png, speckled } from '../support/pictures';

const LN3 = Math.log(3);
let folder: string;

beforeAll(async () => {
  folder = await folderWith({
    'a/red.png': await png(255, 0, 0),
    'a/black.png': await png(0, 0, 0),
    'b/speckled.png': await speckled(37, 29, 3).png().toBuffer(),
    'b/fa ce\n😀.jpg': await speckled(30, 20, 3).jpeg().toBuffer(),
  });
});

afterAll(() => rm(folder, { recursive: true }));

/** Classifies pictures of one colour by their red alone: logits are `kernel` · red / 255 + `biases`. */
function byRed(kernel: number[], biases: number[], classNames: string[]): Classifier {
  const units = biases.length;
  const model = tf.sequential({
    layers: [
      tf.layers.globalAveragePooling2d({ inputShape: [4, 4, 3] }),
      tf.layers.dense({ units, activation: units === 1 ? 'sigmoid' : 'softmax' }),
    ],
  });
  const zeros = kernel.map(() => 0);
  tf.tidy(() => model.setWeights([tf.tensor2d([kernel, zeros, zeros]), tf.tensor1d(biases)]));
  return { model, classNames, input: { imageSize: [4, 4], rescale: { scale: 1 / 255 } } };
}

test('predictPicture() reads one output as the probability of the second class', async () => {
  // Black gives sigmoid(-ln 3) = 0.25, red sigmoid(ln 3) = 0.75.
  const classifier = byRed([2 * LN3], [-LN3], ['happy', 'sad']);
  expect(await predictPicture(classifier, path.join(folder, 'a/black.png'))).toEqual({
    predictedClass: 'happy',
    probability: expect.closeTo(0.75, 6),
    probabilities: [expect.closeTo(0.75, 6), expect.closeTo(0.25, 6)],
  });
  expect(await predictPicture(classifier, await png(255, 0, 0))).toEqual({
    predictedClass: 'sad',
    probability: expect.closeTo(0.75, 6),
    probabilities: [expect.closeTo(0.25, 6), expect.closeTo(0.75, 6)],
  });
  classifier.model.dispose();
});

test('predictPicture() takes the most probable of several classes', async () => {
  const biases = [Math.log(2), Math.log(5), 0]; // softmax: 0.25, 0.625, 0.125
  const classifier = byRed([0, 0, 0], biases, ['happy', 'sad', 'angry']);
  expect(await predictPicture(classifier, path.join(folder, 'a/black.png'))).toEqual({
    predictedClass: 'sad',
    probability: expect.closeTo(0.625, 6),
    probabilities: [0.25, 0.625, 0.125].map((value) => expect.closeTo(value, 6) as number),
  });
  classifier.model.dispose();
});

test('predictPicture() gives a probability for each of 1,000 classes, in the order of classNames', async () => {
  const classNames = Array.from({ length: 1000 }, (_, k) => `class ${k}`);
  const biases = classNames.map((_, k) => (k === 7 ? Math.log(1001) : 0)); // softmax: 1001 / 2000, and 1 / 2000 each
  const classifier = byRed(
    classNames.map(() => 0),
    biases,
    classNames,
  );
  const { predictedClass, probabilities } = await predictPicture(classifier, await png());
  expect(predictedClass).toBe('class 7');
  expect(probabilities).toEqual(
    classNames.map((_, k) => expect.closeTo(k === 7 ? 1001 / 2000 : 1 / 2000, 6) as number),
  );
  classifier.model.dispose();
});

test('predictPicture() gives a tie to the first class', async () => {
  const two = byRed([0], [0], ['happy', 'sad']);
  expect(await predictPicture(two, await png())).toEqual({
    predictedClass: 'happy',
    probability: 0.5,
    probabilities: [0.5, 0.5],
  });
  const three = byRed([0, 0, 0], [0, LN3, LN3], ['happy', 'sad', 'angry']);
  expect((await predictPicture(three, await png())).predictedClass).toBe('sad');
  for (const { model } of [two, three]) model.dispose();
});

test('predictPicture() equals model.predict on the batch of the dataset', async () => {
  const imageSize: [number, number] = [10, 12];
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [...imageSize, 3], filters: 4, kernelSize: 3 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  const classifier = {
    model,
    classNames: ['a', 'b'],
    input: { imageSize, rescale: { scale: 1 / 255 } },
  };
  const dataset = await imageDatasetFromDirectory(folder, { imageSize, shuffle: false });
  const [batch] = await dataset.toArray();
  const outputs = tf.tidy(() =>
    Array.from((model.predict(batch!.xs.mul(1 / 255)) as tf.Tensor).dataSync()),
  );
  tf.dispose(batch);
  expect(outputs).toHaveLength(4);
  for (const [i, file] of dataset.filePaths.entries()) {
    const output = outputs[i] as number;
    // A batch of four may be summed up in another order than one of one.
    expect(await predictPicture(classifier, file)).toEqual({
      predictedClass: output > 0.5 ? 'b' : 'a',
      probability: expect.closeTo(Math.max(output, 1 - output), 6),
      probabilities: [expect.closeTo(1 - output, 6), expect.closeTo(output, 6)],
    });
  }
  model.dispose();
});

test('predictPicture() shrinks a picture on load exactly as the dataset of the training', async () => {
  const jpeg = await speckled(160, 120, 3).jpeg().toBuffer();
  const photos = await folderWith({ 'a/1.jpg': jpeg, 'b/1.jpg': jpeg });
  const { model, input, ...rest } = byRed([LN3], [0], ['a', 'b']);
  const probabilities: number[] = [];
  for (const shrinkOnLoad of [false, true]) {
    const options = { imageSize: [4, 4], batchSize: 1, shrinkOnLoad } as const;
    const [batch, other] = await (await imageDatasetFromDirectory(photos, options)).toArray();
    const [output] = tf.tidy(() => (model.predict(batch!.xs.mul(1 / 255)) as tf.Tensor).dataSync());
    tf.dispose([batch!, other!]);
    const classifier = { model, ...rest, input: { ...input, shrinkOnLoad } };
    for (const picture of [path.join(photos, 'a/1.jpg'), jpeg]) {
      expect((await predictPicture(classifier, picture)).probability).toBe(
        Math.max(output!, 1 - output!),
      );
    }
    probabilities.push(output!);
  }
  expect(probabilities[0]).not.toBe(probabilities[1]);
  await rm(photos, { recursive: true });
  model.dispose();
});

test.each<[string, () => Promise<Buffer | string>, string]>([
  ['an empty file', async () => '', 'it is empty'],
  ['no picture', async () => '<html>', 'it is no PNG, JPEG, GIF, BMP or WebP'],
  ['half a picture', async () => half(), 'it is cut off, damaged or of a rare kind'],
  ['20,000 × 20,000 pixels', hugePng, 'at most 134217728 pixels are decoded, it has 20000×20000'],
])('predictPicture() throws on %s and leaks nothing', async (_, contents, reason) => {
  const file = path.join(folder, 'bad.png');
  await writeFile(file, await contents());
  const classifier = byRed([0], [0], ['happy', 'sad']);
  const before = tf.memory().numTensors;
  await expect(predictPicture(classifier, file)).rejects.toThrow(
    `Cannot read picture "${file}": ${reason}`,
  );
  expect(tf.memory().numTensors).toBe(before);
  classifier.model.dispose();
  await rm(file);
});

async function half(): Promise<Buffer> {
  const whole = await speckled(20, 20, 3).png().toBuffer();
  return whole.subarray(0, whole.length / 2);
}

test('predictPicture() throws when the model gives no probabilities', async () => {
  const diverged = byRed([NaN], [0], ['happy', 'sad']);
  await expect(predictPicture(diverged, await png())).rejects.toThrow(
    'Cannot classify the picture: a probability for each of 2 classes is required, got NaN, NaN',
  );
  const unnamed = byRed([0, 0, 0], [0, 0, 1], ['happy', 'sad']);
  await expect(predictPicture(unnamed, await png())).rejects.toThrow(
    /a probability for each of 2 classes is required, got 0\.2\d+, 0\.2\d+, 0\.5\d+$/,
  );
  for (const { model } of [diverged, unnamed]) model.dispose();
});

test('predictPicture() leaks nothing, also when the picture does not fit the model', async () => {
  const classifier = byRed([0], [0], ['happy', 'sad']);
  await predictPicture(classifier, await png());
  const before = tf.memory().numTensors;
  await predictPicture(classifier, await png());
  await expect(predictPicture(sized(classifier, [5, 5]), await png())).rejects.toThrow(
    'its imageSize must be [4, 4]',
  );
  expect(tf.memory().numTensors).toBe(before);
  classifier.model.dispose();
});
