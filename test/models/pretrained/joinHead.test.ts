import path from 'node:path';
import type { Classifier } from '../../../src/models/classifier';
import { featuresOf } from '../../../src/models/pretrained/featuresOf';
import { joinHead } from '../../../src/models/pretrained/joinHead';
import type { Backbone } from '../../../src/models/pretrained/loadBackbone';
import { trainHead } from '../../../src/models/pretrained/trainHead';
import { unfreeze } from '../../../src/models/pretrained/unfreeze';
import { evaluatePictures } from '../../../src/evaluation/evaluatePictures';
import { gradCam } from '../../../src/evaluation/inspecting/gradCam';
import { predictPicture } from '../../../src/evaluation/predictPicture';
import { imageDatasetFromFiles } from '../../../src/images/datasets/imageDatasetFromFiles';
import type { LabelledPicture } from '../../../src/images/formats/listPictures';
import { toInput } from '../../../src/models/toInput';
import { loadClassifier } from '../../../src/saving/loadClassifier';
import { saveClassifier } from '../../../src/saving/saveClassifier';
import { saveKeras } from '../../../src/saving/saveKeras';
import { tf } from '../../../src/tensorflow/tf';
import { folderWith, png } from '../../support/pictures';
import { tinyBackbone } from './tinyBackbone';

const COLOURS = [
  [200, 20, 20],
  [20, 200, 20],
  [20, 20, 200],
] as const;

let backbone: Backbone;
let pictures: LabelledPicture[];

// Four pictures of each colour, each a little different.
beforeAll(async () => {
  const files: Record<string, Buffer> = {};
  for (const [label, [red, green, blue]] of COLOURS.entries()) {
    for (let i = 0; i < 4; i++)
      files[`${label}-${i}.png`] = await png(red + i, green + i, blue, 8, 8);
  }
  const folder = await folderWith(files);
  pictures = Object.keys(files).map((name) => ({
    path: path.join(folder, name),
    label: Number(name[0]),
  }));
  backbone = await tinyBackbone();
});
afterAll(() => {
  backbone.model.dispose();
  expect(tf.memory().numTensors).toBe(0);
});

const two = () => ({
  classNames: ['red', 'green'],
  train: pictures.filter(({ label }) => label < 2),
});
const three = () => ({ classNames: ['red', 'green', 'blue'], train: pictures });

async function joined(split = two()): Promise<Classifier> {
  const head = await trainHead(backbone, split, { seed: 1, epochs: 200, cache: false });
  const classifier = joinHead(backbone, head);
  head.model.dispose();
  return classifier;
}

describe('trainHead()', () => {
  test('gives the same head for the same seed, and the validation beside the training', async () => {
    const train = () =>
      trainHead(
        backbone,
        { ...two(), validation: pictures.slice(0, 2) },
        { seed: 1, epochs: 2, cache: false },
      );
    const [first, second] = [await train(), await train()];
    expect(first.history).toEqual(second.history);
    expect(Object.keys(first.history).sort()).toEqual(['acc', 'loss', 'val_acc', 'val_loss']);
    for (const { model } of [first, second]) model.dispose();
  });

  test('standardizes the features with those of the training pictures', async () => {
    const split = two();
    const head = await trainHead(backbone, split, { seed: 1, epochs: 1, cache: false });
    const features = await featuresOf(backbone, split.train, { cache: false });
    const [mean, spread] = tf.tidy(() => {
      const standardized = head.model.layers[0]!.apply(features) as tf.Tensor;
      const moments = tf.moments(standardized, 0);
      return [moments.mean.abs().max().dataSync()[0]!, Array.from(moments.variance.dataSync())];
    });
    expect(mean).toBeLessThan(1e-4);
    // 1, or 0 where a map finds the same in all pictures.
    for (const each of spread) expect(Math.min(Math.abs(each - 1), each)).toBeLessThan(1e-3);
    features.dispose();
    head.model.dispose();
  });

  test('refuses one class', async () => {
    await expect(trainHead(backbone, { ...two(), classNames: ['red'] })).rejects.toThrow(
      "Cannot train a head: two classes or more are required, got [ 'red' ]",
    );
  });
});

describe('joinHead()', () => {
  test.each([
    ['two classes', two],
    ['three classes', three],
  ])(
    'makes a classifier of %s that answers with its head’s answer to its backbone’s features',
    async (_, split) => {
      const head = await trainHead(backbone, split(), { seed: 1, epochs: 200, cache: false });
      const classifier = joinHead(backbone, head);
      const features = await featuresOf(backbone, pictures.slice(0, 1), { cache: false });
      const answer = head.model.predict(features) as tf.Tensor;
      const wanted = Array.from(answer.dataSync());
      const { probabilities } = await predictPicture(classifier, pictures[0]!.path);
      const found = wanted.length === 1 ? [probabilities[1]!] : probabilities;
      found.forEach((probability, i) => expect(probability).toBeCloseTo(wanted[i]!, 5));
      expect((await evaluatePictures(classifier, split().train)).accuracy).toBe(1);
      tf.dispose([features, answer]);
      head.model.dispose();
      classifier.model.dispose();
    },
  );

  test('refuses a head that was trained for another backbone', async () => {
    const head = await trainHead(backbone, two(), { seed: 1, epochs: 1, cache: false });
    for (const options of [{ layer: 'first' }, { seed: 2 }]) {
      const other = await tinyBackbone(options);
      expect(() => joinHead(other, head)).toThrow(
        /^Cannot join the head with the backbone: it was trained on the features of another one than .* up to (first|second), or of other weights or another input; train a head for this one$/,
      );
      other.model.dispose();
    }
    head.model.dispose();
  });

  test('saves and loads in both formats', async () => {
    const folder = await folderWith({});
    const classifier = await joined(three());
    const wanted = await predictPicture(classifier, pictures[5]!.path);
    await saveClassifier(classifier, path.join(folder, 'tfjs'));
    await saveKeras(classifier, path.join(folder, 'joined.keras'));
    classifier.model.dispose();
    for (const name of ['tfjs', 'joined.keras']) {
      const loaded = await loadClassifier(path.join(folder, name));
      const { predictedClass, probability } = await predictPicture(loaded, pictures[5]!.path);
      expect(predictedClass).toBe(wanted.predictedClass);
      expect(probability).toBeCloseTo(wanted.probability, 5);
      loaded.model.dispose();
    }
  });

  test('is looked into as any other network', async () => {
    const classifier = await joined();
    const { layer, heatMaps } = await gradCam(classifier, pictures[0]!.path);
    expect(layer).toBe('second');
    expect(heatMaps.map(({ className }) => className)).toEqual(['red', 'green']);
    classifier.model.dispose();
  });
});

describe('unfreeze()', () => {
  async function fit({ model, classNames, input }: Classifier): Promise<void> {
    const batches = await imageDatasetFromFiles(two().train, {
      ...{ imageSize: input.imageSize, classNames, labelMode: 'binary', seed: 1 },
    });
    const rescaled = batches.map(({ xs, ys }) => ({ xs: toInput(xs, input.rescale), ys }));
    await model.fitDataset(rescaled, { epochs: 2, verbose: 0 });
  }

  const weightsOf = ({ model }: Classifier) =>
    Object.fromEntries(
      model.layers.map(({ name, weights }) => [
        name,
        weights.map((weight) => Array.from(weight.read().dataSync())),
      ]),
    );

  test('lets a layer and those behind it learn, and keeps batch normalization still', async () => {
    const classifier = await joined();
    // 4 × 3 × 3 × 3 + 4 of `first`, 5 × 3 × 3 × 4 + 5 of `second`, 5 + 1 of the head
    expect(unfreeze(classifier, { from: 'first' })).toBe(112 + 185 + 6);
    const before = weightsOf(classifier);
    await fit(classifier);
    const after = weightsOf(classifier);
    const changed = Object.keys(before).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
    );
    expect(changed).toEqual(['first', 'second', classifier.model.layers.at(-1)!.name]);
    expect(before['first_bn']).toHaveLength(4);
    classifier.model.dispose();
  });

  test('leaves what stands before the layer as it is, and the backbone', async () => {
    const of = Array.from(backbone.model.getWeights().at(-2)!.dataSync());
    const classifier = await joined();
    unfreeze(classifier, { from: 'second', learningRate: 0.01 });
    const { first } = weightsOf(classifier);
    await fit(classifier);
    expect(weightsOf(classifier)['first']).toEqual(first);
    expect(Array.from(backbone.model.getWeights().at(-2)!.dataSync())).toEqual(of);
    classifier.model.dispose();
  });

  test('refuses a layer that is not there, and a network that gives logits', async () => {
    const classifier = await joined();
    expect(() => unfreeze(classifier, { from: 'frist' })).toThrow(
      'Cannot unfreeze: there is no layer "frist" to begin with; the nearest of 8 are "first", "first_bn", "first_relu"',
    );
    const logits = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
    expect(() => unfreeze({ ...classifier, model: logits }, { from: 'x' })).toThrow(
      'Cannot unfreeze: a classifier whose model ends in sigmoid or softmax is required, it ends in linear',
    );
    logits.dispose();
    classifier.model.dispose();
  });
});
