import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { imageDatasetFromDirectory } from '../../src/images/datasets/imageDatasetFromDirectory';
import { buildHappyOrSad } from '../../src/models/buildHappyOrSad';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';
import { folderWith } from '../support/pictures';

// Each step of Adam enlarges what rounding has left, most where a gradient is near 0: after four, on one core, it is beyond the
// tolerance.
const STEPS = 2;

const KERAS = `
import json, sys, keras, numpy
from keras import layers

folder = sys.argv[1]
read = lambda name: numpy.fromfile(f'{folder}/{name}', 'float32')

model = keras.Sequential([
    keras.Input((150, 150, 3)),
    layers.Conv2D(16, 3, activation='relu'), layers.MaxPooling2D(2),
    layers.Conv2D(32, 3, activation='relu'), layers.MaxPooling2D(2),
    layers.Conv2D(64, 3, activation='relu'), layers.MaxPooling2D(2),
    layers.Flatten(),
    layers.Dense(128, activation='relu'),
    layers.Dense(1, activation='sigmoid'),
])
model.compile(optimizer='adam', loss='binary_crossentropy', metrics=['accuracy'])

weights = read('weights')
ends = numpy.cumsum([w.size for w in model.get_weights()])
model.set_weights([part.reshape(w.shape) for part, w in zip(numpy.split(weights, ends[:-1]), model.get_weights())])
xs, ys = read('xs').reshape(-1, 150, 150, 3), read('ys').reshape(-1, 1)

def losses():
    for _ in range(int(sys.argv[2])):
        model.reset_metrics()
        yield [float(value) for value in model.train_on_batch(xs, ys)]

print(json.dumps({
    'parameters': model.count_params(),
    'shapes': [list(layer.output.shape) for layer in model.layers],
    'untrained': model.predict_on_batch(xs).ravel().tolist(),
    'steps': list(losses()),
    'trained': model.predict_on_batch(xs).ravel().tolist(),
}))
`;

interface Run {
  parameters: number;
  shapes: (number | null)[][];
  /** Predictions. */
  untrained: number[];
  /** Loss and accuracy of each step. */
  steps: number[][];
  trained: number[];
}

let folder: string;
let ours: Run;
let keras: Run;

/** Weights and a batch of ten real pictures go to Keras as files; from there both do the same. */
beforeAll(async () => {
  const faces = await imageDatasetFromDirectory(path.join(__dirname, '../../data/happy-or-sad'), {
    imageSize: [150, 150],
    batchSize: 10,
    labelMode: 'binary',
    seed: 1,
  });
  const iterator = await faces.iterator();
  const batch = (await iterator.next()).value;
  const xs = batch.xs.div(255);
  const model = buildHappyOrSad({ seed: 1 });
  const weights = model.getWeights().map((weight) => Buffer.from(weight.dataSync().slice().buffer));
  folder = await folderWith({ weights: Buffer.concat(weights) });
  for (const [name, tensor] of Object.entries({ xs, ys: batch.ys })) {
    await writeFile(path.join(folder, name), Buffer.from(tensor.dataSync().slice().buffer));
  }
  const predict = () => {
    const output = model.predictOnBatch(xs) as tf.Tensor;
    const values = Array.from(output.dataSync());
    output.dispose();
    return values;
  };

  const untrained = predict();
  const steps: number[][] = [];
  while (steps.length < STEPS) steps.push((await model.trainOnBatch(xs, batch.ys)) as number[]);
  ours = {
    parameters: model.countParams(),
    shapes: model.layers.map((layer) => layer.outputShape as number[]),
    untrained,
    steps,
    trained: predict(),
  };
  model.dispose();
  tf.dispose([batch, xs]);
  keras = await runPython(KERAS, [folder, String(STEPS)]);
});

afterAll(() => rm(folder, { recursive: true }));

/** Expects two lists of numbers to be equal up to a difference. */
function expectClose(actual: number[], expected: number[], tolerance: number): void {
  const differences = actual.map((value, i) => Math.abs(value - (expected[i] as number)));
  expect(actual).toHaveLength(expected.length);
  expect(Math.max(...differences)).toBeLessThanOrEqual(tolerance);
}

describe('buildHappyOrSad() and Keras', () => {
  test('have the same shapes and 2,391,329 parameters', () => {
    expect(ours.parameters).toBe(2_391_329);
    expect(keras.parameters).toBe(2_391_329);
    expect(ours.shapes).toEqual(keras.shapes);
  });

  test('predict the same from equal weights', () => {
    expectClose(ours.untrained, keras.untrained, 1e-5);
  });

  test('train the same: equal losses on the same batches, equal predictions afterwards', () => {
    const [ourLosses, theirLosses] = [ours, keras].map(({ steps }) => steps.map(([loss]) => loss));
    expectClose(ourLosses as number[], theirLosses as number[], 1e-5);
    expect(ours.steps.map(([, accuracy]) => accuracy)).toEqual(
      keras.steps.map(([, accuracy]) => accuracy),
    );
    expectClose(ours.trained, keras.trained, 1e-5);
    // The steps have moved the predictions by far more than the tolerance.
    expect(Math.abs((ours.trained[0] ?? 0) - (ours.untrained[0] ?? 0))).toBeGreaterThan(0.01);
  });
});

describe('buildHappyOrSad()', () => {
  test('has the layers of the exercise', () => {
    const model = buildHappyOrSad();
    expect(
      model.layers.map((layer) => {
        const config = layer.getConfig();
        return [layer.getClassName(), config['filters'] ?? config['units'], config['activation']];
      }),
    ).toEqual([
      ['Conv2D', 16, 'relu'],
      ['MaxPooling2D', undefined, undefined],
      ['Conv2D', 32, 'relu'],
      ['MaxPooling2D', undefined, undefined],
      ['Conv2D', 64, 'relu'],
      ['MaxPooling2D', undefined, undefined],
      ['Flatten', undefined, undefined],
      ['Dense', 128, 'relu'],
      ['Dense', 1, 'sigmoid'],
    ]);
    expect(model.inputs[0]?.shape).toEqual([null, 150, 150, 3]);
    expect(model.outputs[0]?.shape).toEqual([null, 1]);
    expect(model.loss).toBe('binaryCrossentropy');
    expect(model.metricsNames).toEqual(['loss', 'acc']);
    expect(model.optimizer.getConfig()['epsilon']).toBe(1e-7);
    model.dispose();
  });

  test('draws weights within the limit of Glorot and Bengio, spread evenly, biases 0', () => {
    const model = buildHappyOrSad({ seed: 1 });
    for (const layer of model.layers) {
      const [kernel, bias] = layer.getWeights();
      if (!kernel || !bias) continue;
      const [inputs, outputs] = kernel.shape.slice(-2) as [number, number];
      const field = kernel.size / (inputs * outputs); // pixels of a filter
      const limit = Math.sqrt(6 / (field * (inputs + outputs)));
      const { mean, variance } = tf.moments(kernel);
      const largest = kernel.abs().max();
      expect(largest.dataSync()[0]).toBeLessThanOrEqual(limit);
      expect(largest.dataSync()[0]).toBeGreaterThan(0.9 * limit);
      // A uniform draw from -limit to limit has the variance limit² / 3; five standard errors are allowed.
      const allowed = 5 / Math.sqrt(kernel.size);
      expect(Math.abs(mean.dataSync()[0] ?? NaN) / limit).toBeLessThan(allowed);
      const spread = (variance.dataSync()[0] ?? NaN) / (limit ** 2 / 3);
      expect(Math.abs(spread - 1)).toBeLessThan(allowed);
      expect(new Set(bias.dataSync())).toEqual(new Set([0]));
      tf.dispose([mean, variance, largest]);
    }
    model.dispose();
  });

  test('draws the same weights from the same seed, others from another, and others without', () => {
    const first = weightsOf(1);
    expect(weightsOf(1)).toEqual(first);
    expect(weightsOf(2)).not.toEqual(first);
    expect(weightsOf(0)).not.toEqual(first);
    expect(weightsOf(undefined)).not.toEqual(weightsOf(undefined));
  });

  test('gives its tensors back when it is disposed, also after a training', async () => {
    const before = tf.memory().numTensors;
    const model = buildHappyOrSad();
    const [xs, ys] = [tf.zeros([1, 150, 150, 3]), tf.ones([1, 1])];
    await model.trainOnBatch(xs, ys);
    tf.dispose([xs, ys]);
    model.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});

/** The first numbers of each weight. */
function weightsOf(seed: number | undefined): number[][] {
  const model = buildHappyOrSad(seed === undefined ? {} : { seed });
  const weights = model.getWeights().map((weight) => Array.from(weight.dataSync().slice(0, 20)));
  model.dispose();
  return weights;
}
