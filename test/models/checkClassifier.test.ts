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
