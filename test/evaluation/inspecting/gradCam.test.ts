import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import sharp from 'sharp';

import { gradCam } from '../../../src/evaluation/inspecting/gradCam';
import { predictPicture } from '../../../src/evaluation/predictPicture';
import type { Classifier } from '../../../src/models/classifier';
import { buildNetwork } from '../../../src/models/buildNetwork';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns } from '../../support/graph';
import {
  flatClassifier,
  sigmoidClassifier,
  SIZE,
  softmaxClassifier,
  speckledPicture,
  weightsOf,
} from '../../support/inspected';
import { runPython } from '../../support/keras';
import { folderWith, speckled } from '../../support/pictures';

/** Grad-CAM by Keras and GradientTape: the same layers with the same weights, the logit's gradient, ReLU, bilinear. */
const KERAS = `
import json, sys, numpy as np, tensorflow as tf
from tensorflow import keras
asked = json.load(open(sys.argv[1]))
x = np.array(asked['pixels'], 'float32').reshape(1, 12, 10, 3) / 255
answers = []
for one in asked['models']:
    image = keras.Input((12, 10, 3))
    first = keras.layers.Conv2D(4, 3, activation='relu')(image)
    last = keras.layers.Conv2D(5, 2, activation='relu')(keras.layers.MaxPooling2D(2)(first))
    if one['end'] == 'sigmoid':
        inner = keras.layers.Dense(6, activation='relu')(keras.layers.Flatten()(last))
        logits = keras.layers.Dense(1)(inner)
    else:
        logits = keras.layers.Dense(3)(keras.layers.GlobalAveragePooling2D()(last))
    model = keras.Model(image, {'first': first, 'last': last, 'logits': logits})
    model.set_weights([np.array(w, 'float32') for w in one['weights']])
    answer = {}
    for layer in ['first', 'last']:
        for k in range(2 if one['end'] == 'sigmoid' else 3):
            with tf.GradientTape() as tape:
                tape.watch(image_tensor := tf.constant(x))
                found = model(image_tensor)
                logits_ = found['logits'][0]
                score = logits_[k] if one['end'] == 'softmax' else (logits_[0] if k == 1 else -logits_[0])
            weights = tf.reduce_mean(tape.gradient(score, found[layer]), axis=(1, 2), keepdims=True)
            cam = tf.nn.relu(tf.reduce_sum(weights * found[layer], axis=-1, keepdims=True))
            answer[f'{layer} {k}'] = tf.image.resize(cam, (12, 10)).numpy().ravel().tolist()
    answers.append(answer)
print(json.dumps(answers))
`;

let classifiers: Record<'sigmoid' | 'saturated' | 'softmax', Classifier>;
let keras: Record<keyof typeof classifiers, Record<string, number[]>>;
let picture: Buffer;

beforeAll(async () => {
  picture = await speckledPicture();
  classifiers = {
    sigmoid: sigmoidClassifier(),
    saturated: sigmoidClassifier({ bias: 40 }), // 1 − sigmoid(40) is 0 in float32
    softmax: softmaxClassifier(),
  };
  const names = Object.keys(classifiers) as Array<keyof typeof classifiers>;
  const asked = {
    pixels: [...(await sharp(picture).raw().toBuffer())],
    models: names.map((name) => ({
      end: name === 'softmax' ? 'softmax' : 'sigmoid',
      weights: weightsOf(classifiers[name].model),
    })),
  };
  const folder = await folderWith({ 'asked.json': JSON.stringify(asked) });
  const answers = await runPython<Array<Record<string, number[]>>>(KERAS, [
    path.join(folder, 'asked.json'),
  ]);
  keras = Object.fromEntries(names.map((name, i) => [name, answers[i]!])) as typeof keras;
});

afterAll(() => Object.values(classifiers).forEach(({ model }) => model.dispose()));

test.each(['sigmoid', 'saturated', 'softmax'] as const)(
  'gradCam() gives what GradientTape gives in Keras for each class and layer (%s)',
  async (name) => {
    const classifier = classifiers[name];
    const { classNames } = classifier;
    for (const layer of ['first', 'last']) {
      const found = await gradCam(classifier, picture, { layer, classNames });
      expect(found.layer).toBe(layer);
      for (const [k, { className, values }] of found.heatMaps.entries()) {
        expect(className).toBe(classNames[k]);
        const expected = keras[name][`${layer} ${k}`]!;
        expect(values).toHaveLength(expected.length);
        const farthest = Math.max(...expected.map((value, i) => Math.abs(value - values[i]!)));
        expect(farthest).toBeLessThan(1e-4 * Math.max(1e-3, ...expected));
      }
    }
    // Else nothing but zeros might have been compared.
    expect(Math.max(...Object.values(keras[name]).flat())).toBeGreaterThan(0);
  },
);

test('gradCam() looks at the last convolution, for both classes of a sigmoid and the two most probable of a softmax', async () => {
  const { layer, heatMaps, predictedClass } = await gradCam(classifiers.sigmoid, picture);
  expect(layer).toBe('last');
  const prediction = await predictPicture(classifiers.sigmoid, picture);
  expect(predictedClass).toBe(prediction.predictedClass);
  expect(heatMaps.map((map) => map.className)).toEqual(['happy', 'sad']);
  expect(heatMaps.find((map) => map.className === predictedClass)!.probability).toBeCloseTo(
    prediction.probability,
    6,
  );
  expect(heatMaps[0]!.probability + heatMaps[1]!.probability).toBeCloseTo(1, 6);
  expect([heatMaps[0]!.height, heatMaps[0]!.width]).toEqual(SIZE);

  const three = await gradCam(classifiers.softmax, picture);
  const all = await gradCam(classifiers.softmax, picture, {
    classNames: classifiers.softmax.classNames,
  });
  const byProbability = [...all.heatMaps].sort((a, b) => b.probability - a.probability);
  expect(three.heatMaps).toEqual(byProbability.slice(0, 2));
});

test('gradCam() reads the same from layers of their own: normalization, activation, softmax', async () => {
  const { model } = classifiers.softmax;
  const apart = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [...SIZE, 3], filters: 4, kernelSize: 3 }),
      tf.layers.reLU(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ filters: 5, kernelSize: 2 }),
      tf.layers.activation({ activation: 'relu', name: 'rectified' }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 3 }),
      tf.layers.softmax(),
    ],
  });
  apart.setWeights(model.getWeights());
  const one = await gradCam(classifiers.softmax, picture);
  const other = await gradCam({ ...classifiers.softmax, model: apart }, picture);
  expect(other.layer).toBe('rectified');
  for (const [k, { values }] of one.heatMaps.entries()) {
    expect(Array.from(other.heatMaps[k]!.values)).toEqual(
      Array.from(values, (value) => expect.closeTo(value, 6)),
    );
  }
  apart.dispose();
});

test('gradCam() follows branches that lead around the layer', async () => {
  const input = tf.input({ shape: [...SIZE, 3] });
  const seen = tf.layers
    .conv2d({ name: 'seen', filters: 2, kernelSize: 1, activation: 'relu' })
    .apply(input);
  const joined = tf.layers.concatenate().apply([seen as tf.SymbolicTensor, input]);
  const flat = tf.layers.globalAveragePooling2d({}).apply(joined);
  const output = tf.layers.dense({ units: 1, activation: 'sigmoid' }).apply(flat);
  const model = tf.model({ inputs: input, outputs: output as tf.SymbolicTensor });
  // logit = (mean of map 0) · 120 + all else · 0, so the weight of map 0 is 120 / 120 places = 1.
  tf.tidy(() => {
    model.setWeights([
      tf.tensor4d([1, 0, 0, 0, 0, 1], [1, 1, 3, 2]), // map 0 is red, map 1 blue
      tf.zeros([2]),
      tf.tensor2d([120, 0, 0, 0, 0], [5, 1]),
      tf.tensor1d([-60]),
    ]);
  });
  const classifier = { ...classifiers.sigmoid, model };
  const { heatMaps } = await gradCam(classifier, picture, { classNames: ['sad'] });
  const red = [...(await sharp(picture).raw().toBuffer())].filter((_, i) => i % 3 === 0);
  expect(Array.from(heatMaps[0]!.values)).toEqual(red.map((r) => expect.closeTo(r / 255, 5)));
  model.dispose();
});

test('gradCam() leaves the model as it was, its graph too, and no tensors behind', async () => {
  const classifier = sigmoidClassifier();
  const { model } = classifier;
  const xs = tf.ones([3, ...SIZE, 3]);
  const predict = () => tf.tidy(() => (model.predict(xs) as tf.Tensor).arraySync());
  predict();
  const before = predict();
  const config = JSON.stringify(model.getConfig());
  await gradCam(classifier, picture);
  const tensors = tf.memory().numTensors;
  await gradCam(classifier, picture);
  expect(tf.memory().numTensors).toBe(tensors);
  expect(await countingGraphRuns(predict)).toEqual({ result: before, graphRuns: 1 });
  expect(JSON.stringify(model.getConfig())).toBe(config);
  xs.dispose();
  model.dispose();
});

test('gradCam() brings a picture of another size to that of the network', async () => {
  const { heatMaps } = await gradCam(
    classifiers.sigmoid,
    await speckled(37, 64, 3).png().toBuffer(),
  );
  expect(heatMaps[0]!.values).toHaveLength(120);
});

test('gradCam() says what is wrong, and leaks nothing', async () => {
  const { sigmoid } = classifiers;
  const flat = flatClassifier();
  const hyperbolic = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [...SIZE, 3], filters: 1, kernelSize: 3 }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 1, activation: 'tanh', name: 'answer' }),
    ],
  });
  const disposed = sigmoidClassifier();
  disposed.model.dispose();
  const folder = await folderWith({});
  await writeFile(path.join(folder, 'note.png'), 'no picture');
  const wrong: Array<[() => Promise<unknown>, string | RegExp]> = [
    [
      () => gradCam(flat, picture),
      'Cannot compute Grad-CAM: a network with a convolution is required, it has only Flatten, Dense',
    ],
    [
      () => gradCam(sigmoid, picture, { layer: 'conv' }),
      /^Cannot compute Grad-CAM: the network must have the layer, it has "first", "pool", "last", .*, got "conv"$/,
    ],
    [
      () => gradCam(sigmoid, picture, { layer: sigmoid.model.layers.at(-1)!.name }),
      /must give maps \[n, h, w, maps\], ".*" gives \[n, 1\]$/,
    ],
    [
      () => gradCam(sigmoid, picture, { classNames: ['angry'] }),
      'a class must be one of "happy", "sad", got "angry"',
    ],
    [
      () => gradCam(sigmoid, picture, { classNames: [] }),
      'classNames must name a class or more, got []',
    ],
    [
      () => gradCam({ ...sigmoid, model: hyperbolic }, picture),
      'must end in a layer with a sigmoid, a softmax or no activation, it ends in "answer" (Dense)',
    ],
    [() => gradCam(disposed, picture), 'layer "first" of model'],
    [
      () => gradCam({ ...sigmoid, model: undefined as unknown as tf.LayersModel }, picture),
      'a classifier is required, an object with model and classNames, got',
    ],
    [() => gradCam(sigmoid, path.join(folder, 'note.png')), 'it is no PNG, JPEG, GIF, BMP or WebP'],
  ];
  const before = tf.memory().numTensors;
  for (const [looking, message] of wrong) await expect(looking()).rejects.toThrow(message);
  expect(tf.memory().numTensors).toBe(before);
  flat.model.dispose();
  hyperbolic.dispose();
});

test.each(['fullyConvolutional', 'separable'] as const)(
  'behind a mean of each map (%s) the heat is the maps, each times its weight in the answer',
  async (architecture) => {
    const model = buildNetwork({ architecture, imageSize: [24, 20], classes: 3, seed: 4 });
    const classNames = ['a', 'b', 'c'];
    const input = { imageSize: [24, 20] as [number, number], rescale: { divisor: 255 } };
    const picture = await speckled(20, 24, 3).png().toBuffer();
    const found = await gradCam({ model, classNames, input }, picture, { classNames });
    expect(found.layer).toBe(layerBeforeMean(model).sourceLayer.name);
    // The answer's logit is sum(w · mean(map)), so that it grows with each pixel of a map by w / pixels:
    // Zhou et al., Learning Deep Features for Discriminative Localization, 2016, equation 2.
    const byHand = tf.tidy(() => {
      const maps = tf.model({ inputs: model.inputs, outputs: layerBeforeMean(model) });
      const xs = tf.node.decodePng(picture, 3).expandDims<tf.Tensor4D>(0);
      const seen = maps.predict(xs.toFloat().div<tf.Tensor4D>(255)) as tf.Tensor4D;
      const [kernel] = model.layers.at(-1)!.getWeights() as [tf.Tensor2D]; // [maps, classes]
      const [, height = 0, width = 0] = seen.shape;
      const heat = seen
        .reshape([height * width, -1])
        .matMul(kernel)
        .div(height * width)
        .relu();
      const large = tf.image.resizeBilinear(
        heat.reshape<tf.Tensor4D>([1, height, width, 3]),
        [24, 20],
        false,
        true,
      );
      return large.squeeze([0]).transpose([2, 0, 1]).arraySync() as number[][][];
    });
    found.heatMaps.forEach(({ className, values }) => {
      const wanted = byHand[classNames.indexOf(className)]!.flat();
      wanted.forEach((value, i) => expect(values[i]).toBeCloseTo(value, 5));
    });
    expect(Math.max(...found.heatMaps.flatMap(({ values }) => [...values]))).toBeGreaterThan(1e-4);
    model.dispose();
  },
);

function layerBeforeMean(model: tf.LayersModel): tf.SymbolicTensor {
  const mean = model.layers.find((layer) => layer.getClassName().startsWith('GlobalAverage'))!;
  return mean.input as tf.SymbolicTensor;
}
