import { kerasAdam } from '../../src/tensorflow/kerasAdam';
import { tf } from '../../src/tensorflow/tf';
import { runPython } from '../support/keras';

const KERAS = `
import json, sys, keras

def steps(gradients):
    optimizer = keras.optimizers.Adam()
    variable = keras.Variable([0.0, 0.0, 0.0])
    optimizer.build([variable])
    values = []
    for gradient in gradients:
        optimizer.apply([keras.ops.convert_to_tensor(gradient, 'float32')], [variable])
        values.append(variable.numpy().tolist())
    return values

config = keras.optimizers.get('adam').get_config()
print(json.dumps({
    'config': [round(config[key], 9) for key in ('learning_rate', 'beta_1', 'beta_2', 'epsilon')],
    'values': [steps(gradients) for gradients in json.loads(sys.argv[1])],
}))
`;

/** Gradients of a variable [3], one row a step. */
const CASES: Record<string, number[][]> = {
  usual: [
    [1, -0.5, 0.01],
    [0.7, 0.5, -0.02],
    [-0.2, 0.3, 0.03],
    [0, 0, 0],
    [2, -3, 1e-4],
  ],
  // Epsilon is 1e-7: here its place decides how large a step is.
  tiny: [
    [1e-7, -1e-7, 1e-8],
    [1e-7, 1e-7, 1e-9],
    [-2e-7, 3e-7, 0],
    [1e-7, -1e-7, 1e-8],
  ],
};

let keras: { config: number[]; values: number[][][] };

beforeAll(async () => {
  keras = await runPython(KERAS, [JSON.stringify(Object.values(CASES))]);
});

/** The variable after each step, starting from 0. */
function stepsOf(optimizer: tf.Optimizer, gradients: number[][]): number[][] {
  const variable = tf.tidy(() => tf.variable(tf.zeros([3])));
  const values = gradients.map((gradient) => {
    const tensor = tf.tensor1d(gradient);
    optimizer.applyGradients([{ name: variable.name, tensor }]);
    tensor.dispose();
    return Array.from(variable.dataSync());
  });
  tf.dispose([variable]);
  return values;
}

/** The largest difference, in parts of the larger number of each pair. */
function largestDifference(ours: number[][], theirs: number[][]): number {
  const expected = theirs.flat();
  const differences = ours.flat().map((value, i) => {
    const other = expected[i] as number;
    return value === other
      ? 0
      : Math.abs(value - other) / Math.max(Math.abs(value), Math.abs(other));
  });
  return Math.max(...differences);
}

test.each(Object.keys(CASES).map((name, i) => [name, i] as const))(
  'kerasAdam() takes the steps of Keras, %s gradients',
  (name, i) => {
    const optimizer = kerasAdam();
    const ours = stepsOf(optimizer, CASES[name] ?? []);
    optimizer.dispose();
    // Both compute in float32; 1 - 0.999^t alone is off by 1.3e-5 there.
    expect(largestDifference(ours, keras.values[i] ?? [])).toBeLessThan(3e-5);
  },
);

test("kerasAdam() differs from tfjs's own Adam where epsilon counts, and there only", () => {
  const differences = Object.values(CASES).map((gradients, i) => {
    const optimizer = new tf.AdamOptimizer(0.001, 0.9, 0.999, 1e-7);
    const own = stepsOf(optimizer, gradients);
    optimizer.dispose();
    return largestDifference(own, keras.values[i] ?? []);
  });
  expect(differences[0]).toBeLessThan(1e-3);
  expect(differences[1]).toBeGreaterThan(0.9);
});

test('kerasAdam() has the defaults of Keras, also after a step', () => {
  const optimizer = kerasAdam();
  stepsOf(optimizer, [[1, 1, 1]]);
  const { learningRate, beta1, beta2, epsilon } = optimizer.getConfig();
  expect([learningRate, beta1, beta2, epsilon]).toEqual(keras.config);
  expect(epsilon).toBe(1e-7);
  optimizer.dispose();
});

test('kerasAdam() takes another learning rate', () => {
  // The first step is the learning rate long, whatever the gradient.
  const optimizer = kerasAdam(0.1);
  expect(stepsOf(optimizer, [[5, -5, 0]])[0]).toEqual([
    expect.closeTo(-0.1, 5),
    expect.closeTo(0.1, 5),
    0,
  ]);
  optimizer.dispose();
});

test('kerasAdam() compiles into a model that is saved with its optimizer and opened again', async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
  const optimizer = kerasAdam();
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const [xs, ys] = [tf.ones([4, 2]), tf.zeros([4, 1])];
  await model.fit(xs, ys, { epochs: 1, verbose: 0 });

  let saved: Parameters<Parameters<typeof tf.io.withSaveHandler>[0]>[0] = {};
  const handler = tf.io.withSaveHandler(async (artifacts) => {
    saved = artifacts;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
  });
  await model.save(handler, { includeOptimizer: true });
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved));
  expect(loaded.optimizer.getClassName()).toBe('Adam');
  expect(loaded.optimizer.getConfig()).toEqual(optimizer.getConfig());
  expect(loaded.getWeights().map((weight) => weight.arraySync())).toEqual(
    model.getWeights().map((weight) => weight.arraySync()),
  );
  loaded.dispose();
  model.dispose();
  tf.dispose([xs, ys]);
  optimizer.dispose();
});

test('kerasAdam() leaks nothing', () => {
  const before = tf.memory().numTensors;
  const optimizer = kerasAdam();
  stepsOf(optimizer, CASES['usual'] ?? []);
  optimizer.dispose();
  expect(tf.memory().numTensors).toBe(before);
});
