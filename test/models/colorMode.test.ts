import { rm } from 'node:fs/promises';
import path from 'node:path';

import * as lab from '../../src';
import { pictureFor } from '../../src/display/network/pictureFor';
import { runPython } from '../support/keras';
import { folderWith, speckled } from '../support/pictures';

const { tf } = lab;

/** A model [48, 48, 1] as one trains for small grey faces, and what Keras answers about the same files. */
const KERAS = `
import json, sys, keras, numpy
folder, data, channels = sys.argv[1:]
channels = int(channels)
keras.utils.set_random_seed(1)
model = keras.Sequential([
    keras.layers.Input((48, 48, channels)), keras.layers.Rescaling(1 / 255),
    keras.layers.Conv2D(4, 3, activation='relu'), keras.layers.GlobalAveragePooling2D(),
    keras.layers.Dense(3, activation='softmax'),
])
model.save(f'{folder}/faces-{channels}.keras')
pictures = keras.utils.image_dataset_from_directory(data, shuffle=False, image_size=(48, 48),
    color_mode={1: 'grayscale', 4: 'rgba'}[channels])
print(json.dumps(model.predict(pictures, verbose=0).tolist()))
`;

const classNames = ['angry', 'happy', 'sad'];
let folder: string;
let data: string;
let files: string[];
let grey: lab.Classifier;

beforeAll(async () => {
  folder = await folderWith({});
  const picture = (width: number) => speckled(width, 40, 4).png().toBuffer();
  data = await folderWith({
    'angry/1.png': await picture(48),
    'happy/1.png': await picture(61),
    'sad/1.png': await picture(70),
  });
  files = classNames.map((name) => path.join(data, name, '1.png'));
  jest.spyOn(console, 'warn').mockImplementation();
  const pictures = await lab.imageDatasetFromDirectory(data, {
    imageSize: [24, 20],
    labelMode: 'categorical',
    colorMode: 'grayscale',
    seed: 1,
  });
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [24, 20, 1], filters: 3, kernelSize: 3, kernelInitializer }),
      tf.layers.maxPooling2d({ poolSize: 4 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 3, activation: 'softmax', kernelInitializer }),
    ],
  });
  model.compile({ optimizer: 'sgd', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  const rescale = { divisor: 255, mean: [0.5], std: [0.25] } as const;
  const rescaled = pictures.map(({ xs, ys }) => ({ xs: lab.toInput(xs, rescale), ys }));
  await model.fitDataset(rescaled, { epochs: 1, verbose: 0 });
  grey = { model, classNames, input: { imageSize: [24, 20], rescale, colorMode: 'grayscale' } };
});

afterAll(async () => {
  jest.restoreAllMocks();
  grey.model.dispose();
  await Promise.all([folder, data].map((each) => rm(each, { recursive: true })));
});

const near = (values: number[]) => values.map((value) => expect.closeTo(value, 5));

test.each([
  [1, 'grayscale'],
  [4, 'rgba'],
] as const)(
  'a model of Keras of %i channels becomes a classifier of colorMode %j, with the answers of Keras',
  async (channels, colorMode) => {
    const theirs = await runPython<number[][]>(KERAS, [folder, data, String(channels)]);
    const location = `${folder}/faces-${channels}.keras`;
    const classifier = await lab.loadClassifier(location, { classNames });
    expect(classifier.input).toEqual({ imageSize: [48, 48], colorMode, rescale: 'none' });
    const { answers } = await lab.evaluatePictures(classifier, data);
    const { predictions } = await lab.predictFolder(classifier, data);
    for (const [i, file] of files.entries()) {
      const { probabilities } = await lab.predictPicture(classifier, file);
      for (const ours of [
        probabilities,
        answers[i]!.probabilities,
        predictions[i]!.probabilities,
      ]) {
        expect(ours).toEqual(near(theirs[i]!));
      }
    }
    classifier.model.dispose();
    await expect(
      lab.loadClassifier(location, {
        classNames,
        input: { colorMode: 'rgb' },
      }),
    ).rejects.toThrow(
      `Cannot load a model from "${location}": its colorMode must be "${colorMode}", as its model takes pictures [48, 48, ${channels}], got "rgb"`,
    );
  },
);

test('a grey classifier is saved and loaded with its color mode, and answers the same', async () => {
  const before = await lab.predictPicture(grey, files[0]!);
  await lab.saveClassifier(grey, `${folder}/tfjs`);
  await lab.saveKeras(grey, `${folder}/grey.keras`);
  for (const location of [`${folder}/tfjs`, `${folder}/grey.keras`]) {
    const loaded = await lab.loadClassifier(location);
    expect(loaded.input).toMatchObject({ colorMode: 'grayscale', rescale: grey.input.rescale });
    const { probabilities } = await lab.predictPicture(loaded, files[0]!);
    expect(probabilities).toEqual(near(before.probabilities));
    loaded.model.dispose();
  }
});

test('the color mode of the training is that of the answers, though the classifier does not name it', async () => {
  const input = { ...grey.input };
  delete input.colorMode;
  expect(await lab.predictPicture({ ...grey, input }, files[1]!)).toEqual(
    await lab.predictPicture(grey, files[1]!),
  );
});

test('heat maps, activations, filters and the embedding look at the grey picture', async () => {
  const before = tf.memory().numTensors;
  const { probabilities } = await lab.predictPicture(grey, files[2]!);
  const { heatMaps, ...cam } = await lab.gradCam(grey, files[2]!);
  expect(cam.probabilities).toEqual(near(probabilities));
  expect(heatMaps[0]!.values).toHaveLength(24 * 20);
  const occlusion = await lab.occlusionMap(grey, files[2]!, { patchSize: 8 });
  expect(occlusion.probabilities).toEqual(near(probabilities));
  const { maps } = await lab.featureMaps(grey, files[2]!);
  expect([maps.length, maps[0]!.length]).toEqual([3, 22 * 18]);
  const { filters, channels } = await lab.filtersOf(grey.model);
  expect([filters.map(({ length }) => length), channels]).toEqual([[9, 9, 9], 1]);
  const { predictedClasses } = await lab.embeddingOf(grey, files);
  const { predictions } = await lab.predictFolder(grey, data);
  expect(predictedClasses).toEqual(predictions.map(({ predictedClass }) => predictedClass));
  expect(tf.memory().numTensors).toBe(before);
  for (const svg of [
    await lab.drawGradCam(grey, files[2]!),
    await lab.drawOcclusion(grey, files[2]!, { patchSize: 8 }),
    await lab.drawActivations(grey, files[2]!),
    await lab.drawEmbedding(grey, files),
    await lab.drawFilters(grey.model),
  ]) {
    expect(svg).toMatch(/^<svg/);
  }
});

test('what an occlusion patch covers has the mean grey of the picture', async () => {
  const picture = await lab.loadImage(files[0]!, { imageSize: [20, 20], colorMode: 'grayscale' });
  const mean = picture.mean().dataSync()[0]!;
  const square = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [20, 20, 1] }),
      tf.layers.dense({ units: 1, activation: 'sigmoid', useBias: false }),
    ],
  });
  square.setWeights([tf.fill([400, 1], 1 / 400 / 255)]);
  const input = { imageSize: [20, 20], rescale: 'none', colorMode: 'grayscale' } as const;
  const classifier = { model: square, classNames: ['a', 'b'], input } as unknown as lab.Classifier;
  // A patch as large as the picture leaves nothing but that grey.
  const map = await lab.occlusionMap(classifier, files[0]!, { patchSize: 20 });
  // The weights take the mean, so a picture of its mean grey is as probable as it is itself.
  expect(map.probability).toBeCloseTo(1 / (1 + Math.exp(-mean / 255)), 5);
  expect(Math.max(...map.heatMaps[1]!.values.map(Math.abs))).toBeLessThan(1e-5);
  square.dispose();
  picture.dispose();
});

test('what is drawn of a picture is grey as the network sees it', async () => {
  const image = await lab.loadImage(files[0]!, { imageSize: [24, 20], colorMode: 'grayscale' });
  const { pixels, width, height } = await pictureFor(grey, files[0]!);
  const expected = [...image.dataSync()].flatMap((value) => Array(3).fill(Math.round(value)));
  expect([width, height, [...pixels]]).toEqual([20, 24, expected]);
  image.dispose();
});

test('evaluateClassifier() takes batches of one channel, and those that were not rescaled it refuses', async () => {
  const batches = await lab.imageDatasetFromDirectory(data, {
    imageSize: [24, 20],
    labelMode: 'categorical',
    colorMode: 'grayscale',
    shuffle: false,
  });
  const rescaled = batches.map(({ xs, ys }) => ({ xs: lab.toInput(xs, grey.input.rescale), ys }));
  const { count, accuracy } = await lab.evaluateClassifier(grey, rescaled);
  const { accuracy: ofFiles } = await lab.evaluatePictures(grey, data);
  expect([count, accuracy]).toEqual([3, ofFiles]);
  await expect(lab.evaluateClassifier(grey, batches)).rejects.toThrow(
    "pixels as the classifier's input takes them are required, at most 2",
  );
});
