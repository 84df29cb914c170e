import sharp from 'sharp';

import { occlusionMap } from '../../../src/evaluation/inspecting/occlusionMap';
import type { Classifier } from '../../../src/models/classifier';
import { tf } from '../../../src/tensorflow/tf';
import { sigmoidClassifier, softmaxClassifier, speckledPicture } from '../../support/inspected';
import { png } from '../../support/pictures';

/** Of 3×3 pictures: its logit for "sad" is 9 · the red of the pixel at the top left. */
function byCorner(): Classifier {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [3, 3, 3] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  });
  tf.tidy(() => {
    const kernel = [9, ...new Array<number>(26).fill(0)];
    model.setWeights([tf.tensor2d(kernel, [27, 1]), tf.zeros([1])]);
  });
  return {
    model,
    classNames: ['happy', 'sad'],
    input: { imageSize: [3, 3], rescale: { scale: 1 / 255 } },
  };
}

/** Black, with a red pixel at the top left. */
function redCorner(): Promise<Buffer> {
  const pixels = Buffer.alloc(27);
  pixels[0] = 255;
  return sharp(pixels, { raw: { width: 3, height: 3, channels: 3 } })
    .png()
    .toBuffer();
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
// The picture's mean red is 1 / 9: covered, the logit falls from 9 to 1.
const FALL = sigmoid(9) - sigmoid(1);

test('occlusionMap() tells by how much the probability falls where a patch lies', async () => {
  const classifier = byCorner();
  const { patchSize, heatMaps } = await occlusionMap(classifier, await redCorner());
  expect(patchSize).toBe(1); // a fifth of 3 pixels
  const [happy, sad] = heatMaps as [(typeof heatMaps)[0], (typeof heatMaps)[0]];
  expect([happy.className, sad.className]).toEqual(['happy', 'sad']);
  expect(sad.probability).toBeCloseTo(sigmoid(9), 6);
  const expected = [FALL, 0, 0, 0, 0, 0, 0, 0, 0];
  expect(Array.from(sad.values)).toEqual(expected.map((fall) => expect.closeTo(fall, 6)));
  expect(Array.from(happy.values)).toEqual(expected.map((fall) => expect.closeTo(-fall, 6)));
  classifier.model.dispose();
});

test('occlusionMap() gives each place the mean of the patches that cover it', async () => {
  const classifier = byCorner();
  const options = { patchSize: 2, classNames: ['sad'] };
  const { heatMaps } = await occlusionMap(classifier, await redCorner(), options);
  // Four patches of 2×2 lie in 3×3; the first one covers the corner. The middle lies under all of them.
  const shares = [1, 1 / 2, 0, 1 / 2, 1 / 4, 0, 0, 0, 0];
  expect(heatMaps).toHaveLength(1);
  expect(Array.from(heatMaps[0]!.values)).toEqual(
    shares.map((share) => expect.closeTo(share * FALL, 6)),
  );
  classifier.model.dispose();
});

test('occlusionMap() covers every place of a picture that is no multiple of the patch', async () => {
  const classifier = softmaxClassifier();
  const { heatMaps } = await occlusionMap(classifier, await speckledPicture(), { patchSize: 4 });
  expect(heatMaps).toHaveLength(2);
  for (const { values } of heatMaps) {
    expect(values).toHaveLength(120);
    expect(values.every(Number.isFinite)).toBe(true);
  }
  classifier.model.dispose();
});

test('occlusionMap() leaves no tensors behind, and says what is wrong', async () => {
  const classifier = sigmoidClassifier();
  const picture = await speckledPicture();
  await occlusionMap(classifier, picture, { patchSize: 5 });
  const disposed = sigmoidClassifier();
  disposed.model.dispose();
  const before = tf.memory().numTensors;
  await occlusionMap(classifier, picture, { patchSize: 5 });
  for (const patchSize of [0, 11, 2.5, NaN]) {
    await expect(occlusionMap(classifier, picture, { patchSize })).rejects.toThrow(
      `Cannot cover the picture: patchSize must be a whole number from 1 to 10, got ${patchSize}`,
    );
  }
  await expect(occlusionMap(classifier, picture, { classNames: ['?'] })).rejects.toThrow(
    'Cannot cover the picture: a class must be one of "happy", "sad", got "?"',
  );
  await expect(occlusionMap(disposed, await png())).rejects.toThrow('has been disposed');
  expect(tf.memory().numTensors).toBe(before);
  classifier.model.dispose();
});
