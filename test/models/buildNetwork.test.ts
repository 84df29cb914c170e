import { rm } from 'node:fs/promises';

import { buildNetwork, type NetworkOptions } from '../../src/models/buildNetwork';
import { saveKeras } from '../../src/saving/saveKeras';
import { ModelGraph } from '../../src/tensorflow/graph/modelGraph';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

/** Keras takes up each file and goes on with the training. */
const KERAS = `
import json, sys, keras, numpy, tensorflow as tf
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
xs = numpy.linspace(0, 1, 4 * 16 * 24 * 3, dtype='float32').reshape(4, 16, 24, 3)
told = {}
for name in sys.argv[2:]:
    model = keras.models.load_model(f'{sys.argv[1]}/{name}.keras')
    classes = model.output_shape[-1]
    ys = numpy.array([[0], [1], [1], [0]]) if classes == 1 else numpy.eye(classes)[[0, 2, 1, 2]]
    before = model.predict_on_batch(xs).ravel().tolist()
    losses = []
    for _ in range(2):
        model.reset_metrics()
        losses.append(float(model.train_on_batch(xs, ys)[0]))
    told[name] = {'parameters': model.count_params(), 'before': before, 'losses': losses,
                  'after': model.predict_on_batch(xs).ravel().tolist()}
print(json.dumps(told))
`;

interface Told {
  parameters: number;
  before: number[];
  losses: number[];
  after: number[];
}

const size: [number, number] = [16, 24];
const networks: Record<string, NetworkOptions> = {
  fullyConvolutional: { architecture: 'fullyConvolutional', imageSize: size, seed: 1 },
  residual: { architecture: 'residual', imageSize: size, seed: 1 },
  'residual of three classes': { architecture: 'residual', imageSize: size, seed: 1, classes: 3 },
  separable: { architecture: 'separable', imageSize: size, seed: 1 },
};

/** Worked out by hand: 9 · inputs · filters + filters of a convolution of 3×3, and so on. */
const PARAMETERS: Record<string, number> = {
  // 448 + 4,640 + 18,496 + 36,928, and 65 of the last layer
  fullyConvolutional: 60_577,
  // 448; 2 · 2,320; 4,640 + 9,248 + 544 of the 1×1; 18,496 + 36,928 + 2,112 of the 1×1; 65
  residual: 77_121,
  'residual of three classes': 77_121 - 65 + 195,
  // 448; 144 + 512 + 32; 288 + 2,048 + 64; 576 + 4,096 + 64; 65
  separable: 8_337,
};

const told: Record<string, Told> = {};
const ours: Record<string, Told & { byGraph: boolean }> = {};
let folder: string;

beforeAll(async () => {
  folder = await folderWith({});
  const xs = tf.linspace(0, 1, 4 * 16 * 24 * 3).reshape([4, 16, 24, 3]);
  for (const [name, options] of Object.entries(networks)) {
    const model = buildNetwork(options);
    await saveKeras(model, `${folder}/${name}.keras`);
    const ys =
      options.classes === 3
        ? tf.oneHot(tf.tensor1d([0, 2, 1, 2], 'int32'), 3).cast('float32')
        : tf.tensor2d([[0], [1], [1], [0]]);
    const predict = () => tf.tidy(() => [...(model.predict(xs) as tf.Tensor).dataSync()]);
    const predicted = predict();
    const runs = ModelGraph.runs;
    const { history } = await model.fit(xs, ys, { epochs: 2, verbose: 0, shuffle: false });
    ours[name] = {
      parameters: model.countParams(),
      before: predicted,
      losses: history['loss']!.map(Number),
      byGraph: ModelGraph.runs > runs,
      after: predict(),
    };
    model.dispose();
    ys.dispose();
  }
  xs.dispose();
  Object.assign(told, await runPython(KERAS, [folder, ...Object.keys(networks)]));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(Object.keys(networks))('buildNetwork(): %s', (name) => {
  test('has the weights that were worked out by hand', () => {
    expect(ours[name]!.parameters).toBe(PARAMETERS[name]);
    expect(told[name]!.parameters).toBe(PARAMETERS[name]);
  });

  test('predicts what Keras predicts with its file', () => {
    ours[name]!.before.forEach((value, i) => expect(value).toBeCloseTo(told[name]!.before[i]!, 5));
  });

  test('trains in the graph as Keras does', () => {
    expect(ours[name]!.byGraph).toBe(true);
    ours[name]!.losses.forEach((loss, i) => expect(loss).toBeCloseTo(told[name]!.losses[i]!, 5));
    ours[name]!.after.forEach((value, i) => expect(value).toBeCloseTo(told[name]!.after[i]!, 4));
  });
});

test('the weights follow from the seed, and none of the models’ tensors is left', () => {
  const before = tf.memory().numTensors;
  const [a, b, c] = [1, 1, 2].map((seed) => {
    const model = buildNetwork({ architecture: 'separable', imageSize: size, seed });
    const [values] = model.getWeights().map((weight) => [...weight.dataSync()]);
    model.dispose();
    return values;
  });
  expect(a).toEqual(b);
  expect(a).not.toEqual(c);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([
  [
    { architecture: 'vgg' },
    'architecture must be "fullyConvolutional" or "residual" or "separable"',
  ],
  [{}, 'architecture must be'],
  [{ architecture: 'residual', imageSize: [7, 64] }, 'whole numbers from 8, got [ 7, 64 ]'],
  [{ architecture: 'residual', classes: 1 }, 'classes must be a whole number from 2, got 1'],
  [{ architecture: 'residual', colorMode: 'cmyk' }, 'colorMode must be'],
  [{ architecture: 'residual', dropout: 0.5 }, 'dropout'],
])('buildNetwork(%j) is refused', (options, message) => {
  expect(() => buildNetwork(options as unknown as NetworkOptions)).toThrow(message);
});
