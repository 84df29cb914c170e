import * as lab from '../../src';
import { folderWith, png } from '../support/pictures';

const { tf } = lab;
const model = tf.sequential({
  layers: [
    tf.layers.flatten({ inputShape: [24, 20, 3] }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
});
const classifier = (imageSize: [number, number]) => ({
  model,
  classNames: ['happy', 'sad'],
  input: { imageSize, rescale: { divisor: 255 } },
});

const ofChannels = (channels: number, colorMode?: lab.ColorMode) => ({
  ...classifier([24, 20]),
  model: tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [24, 20, channels] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid' }),
    ],
  }),
  input: { imageSize: [24, 20] as [number, number], rescale: { divisor: 255 }, colorMode },
});

let folder: string;
beforeAll(async () => {
  folder = await folderWith({ 'happy/1.png': await png(255), 'sad/1.png': await png() });
});

type Call = (classifier: lab.Classifier) => unknown;
const calls: Array<[name: string, call: Call]> = [
  ['predictPicture', (one) => lab.predictPicture(one, `${folder}/sad/1.png`)],
  ['predictFolder', (one) => lab.predictFolder(one, folder)],
  ['evaluatePictures', (one) => lab.evaluatePictures(one, folder)],
  ['evaluateClassifier', (one) => lab.evaluateClassifier(one, tf.data.array([]))],
  ['gradCam', (one) => lab.gradCam(one, `${folder}/sad/1.png`)],
  ['occlusionMap', (one) => lab.occlusionMap(one, `${folder}/sad/1.png`)],
  ['featureMaps', (one) => lab.featureMaps(one, `${folder}/sad/1.png`)],
  ['embeddingOf', (one) => lab.embeddingOf(one, [`${folder}/sad/1.png`, `${folder}/happy/1.png`])],
  ['saveClassifier', (one) => lab.saveClassifier(one, `${folder}/model`)],
];

test.each(calls)('%s() refuses a model alone, and says what it lacks', async (_, call) => {
  const run = async () => call(model as unknown as lab.Classifier);
  await expect(run()).rejects.toThrow(
    /^Cannot .*: a classifier is required, an object with model and classNames, got a model alone$/,
  );
});

test.each(calls)('%s() refuses pictures of another size than the model takes', async (_, call) => {
  const run = async () => call(classifier([25, 20]));
  await expect(run()).rejects.toThrow(
    /^Cannot .*: its imageSize must be \[24, 20\], as its model takes pictures, got \[ 25, 20 \]$/,
  );
});

test.each(calls)(
  '%s() refuses pictures of other channels than the model takes',
  async (_, call) => {
    for (const [channels, colorMode, reason] of [
      [
        1,
        undefined,
        'its colorMode must be "grayscale", as its model takes pictures [24, 20, 1], got "rgb"',
      ],
      [
        3,
        'grayscale',
        'its colorMode must be "rgb", as its model takes pictures [24, 20, 3], got "grayscale"',
      ],
      [
        4,
        'rgb',
        'its colorMode must be "rgba", as its model takes pictures [24, 20, 4], got "rgb"',
      ],
      [2, 'rgb', 'its model takes pictures [24, 20, 2], and there is no colorMode of 2 channels'],
    ] as const) {
      const run = async () => call(ofChannels(channels, colorMode) as lab.Classifier);
      await expect(run()).rejects.toThrow(`: ${reason}`);
    }
  },
);
