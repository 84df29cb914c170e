import { rm } from 'node:fs/promises';

import { buildEmotion, type EmotionOptions } from '../../src/models/buildEmotion';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

const KERAS = `
import json, sys, keras, numpy, tensorflow as tf
from keras import layers
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps

folder = sys.argv[1]
read = lambda name: numpy.fromfile(f'{folder}/{name}', 'float32')
xs = read('xs').reshape(-1, 256, 256, 3)

def network(normalized, l1, l2, smoothing, classes):
    regularized = {'kernel_regularizer': keras.regularizers.L1L2(l1, l2)} if l1 or l2 else {}
    model = keras.Sequential([keras.Input((256, 256, 3))])
    for filters in 16, 32, 16:
        if normalized:
            model.add(layers.Conv2D(filters, 3, use_bias=False, **regularized))
            model.add(layers.BatchNormalization())
            model.add(layers.Activation('relu'))
        else:
            model.add(layers.Conv2D(filters, 3, activation='relu', **regularized))
        model.add(layers.MaxPooling2D(2))
    model.add(layers.Flatten())
    model.add(layers.Dense(256, activation='relu', **regularized))
    if classes == 2:
        model.add(layers.Dense(1, activation='sigmoid'))
        loss = keras.losses.BinaryCrossentropy(label_smoothing=smoothing)
    else:
        model.add(layers.Dense(classes, activation='softmax'))
        loss = keras.losses.CategoricalCrossentropy(label_smoothing=smoothing)
    model.compile(optimizer='adam', loss=loss, metrics=['accuracy'])
    return model

def run(name, normalized=False, l1=0, l2=0, smoothing=0, classes=2):
    model = network(normalized, l1, l2, smoothing, classes)
    ys = numpy.array([[0], [1], [1], [0]]) if classes == 2 else numpy.eye(classes)[[0, 3, 6, 3]]
    weights = read(name)
    ends = numpy.cumsum([w.size for w in model.get_weights()])
    parts = numpy.split(weights, ends[:-1])
    model.set_weights([part.reshape(w.shape) for part, w in zip(parts, model.get_weights())])
    first = float(model.train_on_batch(xs, ys)[0])
    trained = model.predict_on_batch(xs).ravel().tolist()
    model.reset_metrics()
    return {
        'parameters': model.count_params(),
        'shapes': [list(layer.output.shape) for layer in model.layers],
        'steps': [first, float(model.train_on_batch(xs, ys)[0])],
        'trained': trained,
    }

print(json.dumps([
    run('plain'), run('normalized', normalized=True), run('l2', l2=0.01),
    run('l1 and smoothed labels', l1=0.0001, smoothing=0.2),
    run('seven classes', classes=7), run('seven smoothed classes', smoothing=0.2, classes=7),
]))
`;

interface Run {
  parameters: number;
  shapes: (number | null)[][];
  /** The losses of two steps. Later ones may differ: in its loss tfjs cuts a probability off at 1e-7, Keras does not. */
  steps: number[];
  /** Predictions after the first step. */
  trained: number[];
}

const VARIANTS: [name: string, options: EmotionOptions][] = [
  ['plain', {}],
  ['normalized', { batchNormalization: true }],
  ['l2', { l2: 0.01 }],
  ['l1 and smoothed labels', { l1: 0.0001, labelSmoothing: 0.2 }],
  ['seven classes', { classes: 7 }],
  ['seven smoothed classes', { classes: 7, labelSmoothing: 0.2 }],
];

let ours: Run[];
let keras: Run[];

beforeAll(async () => {
  const xs = tf.randomUniform([4, 256, 256, 3], 0, 1, 'float32', 7);
  const binary = tf.tensor2d([[0], [1], [1], [0]]);
  const sevenfold = tf.tidy(() => tf.oneHot([0, 3, 6, 3], 7).toFloat());
  const bytes = (tensor: tf.Tensor) => Buffer.from(tensor.dataSync().slice().buffer);
  const files: Record<string, Buffer> = { xs: bytes(xs) };
  ours = [];
  for (const [name, options] of VARIANTS) {
    const model = buildEmotion({ seed: 1, ...options });
    const ys = options.classes === 7 ? sevenfold : binary;
    // Layer by layer, as Keras has them; tfjs's model has the moving averages last.
    files[name] = Buffer.concat(model.layers.flatMap((layer) => layer.getWeights()).map(bytes));
    const step = async () => ((await model.trainOnBatch(xs, ys)) as number[])[0] as number;
    const first = await step();
    const output = model.predictOnBatch(xs) as tf.Tensor;
    ours.push({
      parameters: model.countParams(),
      shapes: model.layers.map((layer) => layer.outputShape as number[]),
      steps: [first, await step()],
      trained: Array.from(output.dataSync()),
    });
    output.dispose();
    model.dispose();
  }
  tf.dispose([xs, binary, sevenfold]);
  const folder = await folderWith(files);
  keras = await runPython<Run[]>(KERAS, [folder]);
  await rm(folder, { recursive: true });
});

describe.each(VARIANTS.map(([name], i) => [name, i] as const))(
  'buildEmotion() and Keras, %s,',
  (_, i) => {
    const both = () => [ours[i], keras[i]] as [Run, Run];

    test('have the same shapes and as many parameters', () => {
      const [mine, theirs] = both();
      expect(mine.shapes).toEqual(theirs.shapes);
      expect(mine.parameters).toBe(theirs.parameters);
    });

    test('train the same from equal weights: losses and predictions', () => {
      const [mine, theirs] = both();
      expectClose(mine.steps, theirs.steps);
      expectClose(mine.trained, theirs.trained);
      // The step has moved the loss by far more than the tolerance.
      expect(Math.abs((mine.steps[0] ?? 0) - (mine.steps[1] ?? 0))).toBeGreaterThan(0.01);
    });
  },
);

/** Equal within float32's rounding, which some hundred thousand products and a division by a small deviation enlarge. */
function expectClose(actual: number[], expected: number[]): void {
  expect(actual).toHaveLength(expected.length);
  const errors = actual.map((value, i) => {
    const wanted = expected[i] as number;
    return Math.abs(value - wanted) / Math.max(1, Math.abs(wanted));
  });
  expect(Math.max(...errors)).toBeLessThan(5e-5);
}

test('buildEmotion() takes pictures of another size, and refuses those of which nothing would be left', () => {
  const model = buildEmotion({ imageSize: [64, 80] });
  expect(model.inputs[0]?.shape).toEqual([null, 64, 80, 3]);
  expect(model.layers[6]?.outputShape).toEqual([null, 6 * 8 * 16]); // 64 -> 31 -> 14 -> 6, 80 -> 39 -> 18 -> 8
  model.dispose();
  buildEmotion({ imageSize: [22, 22] }).dispose();
  for (const side of [21, 64.5, NaN]) {
    expect(() => buildEmotion({ imageSize: [64, side] })).toThrow(
      `Cannot build the network: imageSize must be [height, width], whole numbers from 22, got [ 64, ${side} ]`,
    );
  }
});

test('buildEmotion() has 3,696,625 parameters and the layers of the exercise', () => {
  const model = buildEmotion();
  expect(model.countParams()).toBe(3_696_625);
  expect(layersOf(model)).toEqual([
    ['Conv2D', 16],
    ['MaxPooling2D', undefined],
    ['Conv2D', 32],
    ['MaxPooling2D', undefined],
    ['Conv2D', 16],
    ['MaxPooling2D', undefined],
    ['Flatten', undefined],
    ['Dense', 256],
    ['Dense', 1],
  ]);
  expect(model.loss).toBe('binaryCrossentropy');
  expect(model.metricsNames).toEqual(['loss', 'acc']);
  model.dispose();
});

test('buildEmotion() with dropout leaves out outputs of Dense 256, by its seed', () => {
  const model = buildEmotion({ dropout: 0.5, seed: 3 });
  expect(layersOf(model).slice(-3)).toEqual([
    ['Dense', 256],
    ['Dropout', undefined],
    ['Dense', 1],
  ]);
  const { rate, seed } = model.layers.at(-2)?.getConfig() ?? {};
  expect([rate, seed]).toEqual([0.5, 305]);
  model.dispose();
});

test('buildEmotion() with spatial dropout leaves out whole maps of each pooling, in training alone', () => {
  const model = buildEmotion({ spatialDropout: 0.5, imageSize: [22, 22], seed: 3 });
  const dropouts = model.layers.filter((layer) => layer.getClassName() === 'SpatialDropout2D');
  expect(dropouts.map((layer) => layer.getConfig()['seed'])).toEqual([306, 307, 308]);
  const kinds = model.layers.map((layer) => layer.getClassName());
  expect(kinds.slice(1, 4)).toEqual(['MaxPooling2D', 'SpatialDropout2D', 'Conv2D']);
  const [kept, asItWas] = tf.tidy(() => {
    const maps = tf.ones([2, 10, 10, 16]);
    const sums = (training: boolean) =>
      Array.from((dropouts[0]!.apply(maps, { training }) as tf.Tensor).sum([1, 2]).dataSync()).sort(
        (a, b) => a - b,
      );
    return [sums(true), sums(false)];
  });
  // A map is left out whole, or doubled: 10 · 10 · 2.
  expect([...new Set(kept)]).toEqual([0, 200]);
  expect([...new Set(asItWas)]).toEqual([100]);
  model.dispose();
});

test('buildEmotion() draws the same weights from the same seed, others from another', () => {
  const first = firstWeights(1);
  expect(firstWeights(1)).toEqual(first);
  expect(firstWeights(2)).not.toEqual(first);
  expect(firstWeights(undefined)).not.toEqual(firstWeights(undefined));
});

test('buildEmotion() gives its tensors back when it is disposed, also after a training', async () => {
  const before = tf.memory().numTensors;
  const model = buildEmotion({ dropout: 0.5, batchNormalization: true, l2: 0.01 });
  const [xs, ys] = [tf.zeros([1, 256, 256, 3]), tf.ones([1, 1])];
  await model.trainOnBatch(xs, ys);
  tf.dispose([xs, ys]);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [{ dropout: 1 }, 'Cannot build the network: dropout must be from 0 to below 1, got 1'],
  [{ dropout: NaN }, 'Cannot build the network: dropout must be from 0 to below 1, got NaN'],
  [
    { spatialDropout: -0.1 },
    'Cannot build the network: spatialDropout must be from 0 to below 1, got -0.1',
  ],
  [
    { labelSmoothing: 1 },
    'Cannot build the network: labelSmoothing must be from 0 to below 1, got 1',
  ],
  [{ l1: NaN }, 'Cannot build the network: l1 must be a number from 0, got NaN'],
  [{ classes: 1 }, 'Cannot build the network: classes must be a whole number from 2, got 1'],
  [{ l2: -1 }, 'Cannot build the network: l2 must be a number from 0, got -1'],
])('buildEmotion(%j) throws', (options, message) => {
  expect(() => buildEmotion(options)).toThrow(new RangeError(message));
});

function layersOf(model: tf.LayersModel): unknown[] {
  return model.layers.map((layer) => {
    const config = layer.getConfig();
    return [layer.getClassName(), config['filters'] ?? config['units']];
  });
}

function firstWeights(seed: number | undefined): number[][] {
  const model = buildEmotion(seed === undefined ? {} : { seed });
  const weights = model.getWeights().map((weight) => Array.from(weight.dataSync().slice(0, 20)));
  model.dispose();
  return weights;
}
