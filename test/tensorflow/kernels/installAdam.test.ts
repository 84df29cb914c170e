import type { io } from '@tensorflow/tfjs';
import { kerasAdam } from '../../../src/tensorflow/kerasAdam';
import { tf } from '../../../src/tensorflow/tf';
import { runPython } from '../../support/keras';
import { nativeOps, nativeTensors } from '../../support/nativeOps';

const OP = 'ResourceApplyAdam';

/** Gradients from 1e-9, far below epsilon, to 100. */
const GRADIENTS = [
  [1e-9, -3e-7, 2e-4, -0.5, 100, 0],
  [2e-9, 3e-7, 1e-4, -0.4, -80, 0],
  [-1e-9, 1e-7, 3e-4, 0.7, 60, 1],
  [5e-9, -2e-7, -2e-4, -0.1, 10, -1],
];
const START = [1, -1, 0.5, 0, 2, -2];
/** The learning rate of each step. */
const RATES = [0.01, 0.01, 0.003, 0.003];

let names = 0;
function makeVariable(values = START, name = `test${names++}`): tf.Variable {
  return tf.variable(tf.tensor1d(values), true, name);
}

/** One step with gradients that are given; tensors of the step are disposed. */
function step(optimizer: tf.AdamOptimizer, ...pairs: Array<[tf.Variable, number[]]>): void {
  const gradients = pairs.map(([variable, values]) => ({
    name: variable.name,
    tensor: tf.tensor(values, variable.shape),
  }));
  optimizer.applyGradients(gradients);
  tf.dispose(gradients.map(({ tensor }) => tensor));
}

function setRate(optimizer: tf.AdamOptimizer, rate: number): void {
  (optimizer as unknown as { learningRate: number }).learningRate = rate;
}

/** The weights after each step of the exercise above. */
function weightsAfterEachStep(): number[][] {
  const variable = makeVariable();
  const optimizer = kerasAdam(RATES[0]);
  const weights = GRADIENTS.map((gradient, i) => {
    setRate(optimizer, RATES[i]!);
    step(optimizer, [variable, gradient]);
    return Array.from(variable.dataSync());
  });
  optimizer.dispose();
  variable.dispose();
  return weights;
}

function withStockKernels<T>(run: () => T): T {
  process.env['SMILE_STOCK_KERNELS'] = '1';
  try {
    return run();
  } finally {
    delete process.env['SMILE_STOCK_KERNELS'];
  }
}

function expectClose(actual: number[][], expected: number[][], tolerance = 1e-6): void {
  const difference = actual.map((row, i) => row.map((x, j) => Math.abs(x - expected[i]![j]!)));
  expect(Math.max(...difference.flat())).toBeLessThan(tolerance);
}

let keras: number[][];

beforeAll(async () => {
  keras = await runPython<number[][]>(
    `
import json, sys
import keras
start, gradients, rates = json.loads(sys.argv[1])
variable = keras.Variable(start)
optimizer = keras.optimizers.Adam(rates[0])
weights = []
for gradient, rate in zip(gradients, rates):
    optimizer.learning_rate = rate
    optimizer.apply([keras.ops.convert_to_tensor(gradient)], [variable])
    weights.append([float(x) for x in variable.numpy()])
print(json.dumps(weights))
`,
    [JSON.stringify([START, GRADIENTS, RATES])],
  );
});

test('Adam makes the steps of Keras, also with gradients below epsilon and another learning rate', () => {
  let weights!: number[][];
  const ops = nativeOps(() => (weights = weightsAfterEachStep()));
  expect(ops.filter((op) => op === OP).length).toBeGreaterThanOrEqual(GRADIENTS.length);
  expect(ops).not.toContain('Sqrt');
  expectClose(weights, keras);
});

test("Adam makes the steps of Keras by tfjs's own ops, with SMILE_STOCK_KERNELS=1", () => {
  let weights!: number[][];
  const ops = nativeOps(() => withStockKernels(() => (weights = weightsAfterEachStep())));
  expect(ops).not.toContain(OP);
  expectClose(weights, keras);
});

test('Adam with the epsilon where tfjs has it would not pass these tests', () => {
  const variable = makeVariable();
  const optimizer = new tf.AdamOptimizer(RATES[0]!, 0.9, 0.999, 1e-7);
  step(optimizer, [variable, GRADIENTS[0]!]);
  expect(Math.abs(variable.dataSync()[0]! - keras[0]![0]!)).toBeGreaterThan(1e-5);
});

test('a step is one op a variable, and frees the resources that it works on', () => {
  const variables = [makeVariable(), makeVariable(), makeVariable()];
  const optimizer = kerasAdam();
  const run = () => step(optimizer, ...variables.map((v): [tf.Variable, number[]] => [v, START]));
  run();
  const ops = nativeOps(run);
  const count = (name: string) => ops.filter((op) => op === name).length;
  expect([OP, 'VarHandleOp', 'DestroyResourceOp'].map(count)).toEqual([3, 3, 3]);
});

test('the two ways of a step can follow each other', async () => {
  const variable = makeVariable();
  const optimizer = kerasAdam(RATES[0]);
  const weights: number[][] = [];
  for (const [i, gradient] of GRADIENTS.entries()) {
    setRate(optimizer, RATES[i]!);
    const run = () => step(optimizer, [variable, gradient]);
    if (i % 2 === 1) withStockKernels(run);
    else run();
    weights.push(Array.from(variable.dataSync()));
  }
  expectClose(weights, keras);
});

test('a training goes on where it was on a backend without the native library', async () => {
  jest.spyOn(console, 'warn').mockImplementation(); // tfjs advertises tfjs-node
  const variable = makeVariable();
  const optimizer = kerasAdam(RATES[0]);
  const weights: number[][] = [];
  try {
    for (const [i, gradient] of GRADIENTS.entries()) {
      await tf.setBackend(i === 1 || i === 2 ? 'cpu' : 'tensorflow');
      setRate(optimizer, RATES[i]!);
      step(optimizer, [variable, gradient]);
      weights.push(Array.from(variable.dataSync()));
    }
  } finally {
    await tf.setBackend('tensorflow');
  }
  expectClose(weights, keras);
});

test('a value set between two steps is the one that the next step changes', () => {
  const [variable, twin] = [makeVariable(), makeVariable()];
  const [optimizer, optimizerOfTwin] = [kerasAdam(0.01), kerasAdam(0.01)];
  const run = (gradient: number[]) => {
    step(optimizer, [variable, gradient]);
    withStockKernels(() => step(optimizerOfTwin, [twin, gradient]));
  };
  run(GRADIENTS[0]!);
  for (const v of [variable, twin]) v.assign(tf.tensor1d([9, 8, 7, 6, 5, 4]));
  run(GRADIENTS[1]!);
  expectClose([Array.from(variable.dataSync())], [Array.from(twin.dataSync())]);
  expect(variable.dataSync()[0]).toBeGreaterThan(8);
});

test('a step leaves clones of the variable, tensors made of it and the array it came from as they were', () => {
  const array = Float32Array.from({ length: 1024 }, () => 1); // long enough for TensorFlow to share its memory
  const variable = tf.variable(tf.tensor2d(array, [32, 32]));
  const optimizer = kerasAdam(0.1);
  const gradient = Array.from(array);
  step(optimizer, [variable, gradient]);
  expect(new Set(array)).toEqual(new Set([1]));

  const after = variable.dataSync()[0];
  const others = [variable.clone(), variable.reshape([1024]), tf.variable(variable)];
  step(optimizer, [variable, gradient]);
  for (const other of others) expect(new Set(other.dataSync())).toEqual(new Set([after]));
  expect(variable.dataSync()[0]).toBeCloseTo(0.8, 5);
});

test('moments can be read, and a training that starts from them goes on as if it had not stopped', async () => {
  const [whole, first] = [makeVariable(), makeVariable()];
  const [optimizer, before] = [kerasAdam(0.01), kerasAdam(0.01)];
  for (const gradient of GRADIENTS) step(optimizer, [whole, gradient]);
  for (const gradient of GRADIENTS.slice(0, 2)) step(before, [first, gradient]);

  const weights = await before.getWeights();
  expect(weights.map(({ name }) => name)).toEqual(['iter', `${first.name}/m`, `${first.name}/v`]);
  expect(weights[0]!.tensor.dataSync()[0]).toBe(2);
  // m = 0.9 · 0.1 g1 + 0.1 g2, v = 0.999 · 0.001 g1² + 0.001 g2², with 100 and -80
  expect(weights[1]!.tensor.dataSync()[4]).toBeCloseTo(1, 5);
  expect(weights[2]!.tensor.dataSync()[4]).toBeCloseTo(16.39, 3);

  // The variable of another process has another name.
  const second = makeVariable(Array.from(first.dataSync()));
  const after = kerasAdam(0.01);
  await after.setWeights(weights.map(({ name, tensor }) => ({ name, tensor: tensor.clone() })));
  before.dispose();
  for (const gradient of GRADIENTS.slice(2)) step(after, [second, gradient]);
  expect(second.dataSync()).toEqual(whole.dataSync());
  expect(after.iterations).toBe(4);
});

test('moments that are restored go by place where only a part of the variables has the old names', async () => {
  const [p, q] = [makeVariable(START, 'p'), makeVariable(START, 'q')];
  const [before, after, whole] = [kerasAdam(0.01), kerasAdam(0.01), kerasAdam(0.01)];
  step(before, [p, GRADIENTS[0]!], [q, GRADIENTS[2]!]);
  const state = await before.getWeights();
  await after.setWeights(state.map(({ name, tensor }) => ({ name, tensor: tensor.clone() })));
  const renamed = makeVariable(Array.from(p.dataSync()), 'p_1');
  step(after, [renamed, GRADIENTS[1]!], [q, GRADIENTS[3]!]);
  const [r, s] = [makeVariable(), makeVariable()];
  step(whole, [r, GRADIENTS[0]!], [s, GRADIENTS[2]!]);
  step(whole, [r, GRADIENTS[1]!], [s, GRADIENTS[3]!]);
  expect(renamed.dataSync()).toEqual(r.dataSync());
  expect(q.dataSync()).toEqual(s.dataSync());
});

test('moments that are restored go by name where a variable has come that had none', async () => {
  const [known, other] = [makeVariable(START, 'known'), makeVariable(START, 'other')];
  const [before, after, whole] = [kerasAdam(0.01), kerasAdam(0.01), kerasAdam(0.01)];
  step(before, [known, GRADIENTS[0]!]);
  const state = await before.getWeights();
  await after.setWeights(state.map(({ name, tensor }) => ({ name, tensor: tensor.clone() })));
  step(after, [other, GRADIENTS[3]!], [known, GRADIENTS[1]!]);
  const twin = makeVariable();
  for (const gradient of GRADIENTS.slice(0, 2)) step(whole, [twin, gradient]);
  expect(known.dataSync()).toEqual(twin.dataSync());
});

test('moments of another shape are refused, and name the variable', async () => {
  const [small, large] = [makeVariable([1, 2]), makeVariable([1, 2, 3])];
  const [optimizer, other] = [kerasAdam(), kerasAdam()];
  step(optimizer, [small, [1, 1]]);
  await other.setWeights(await optimizer.getWeights());
  expect(() => step(other, [large, [1, 1, 1]])).toThrow(
    `Cannot go on training with a restored Adam: "${large.name}" has shape [3], and "${small.name}/m" in its place has shape [2]`,
  );
  expect(Array.from(large.dataSync())).toEqual([1, 2, 3]);
});

test('a variable keeps its moments while it is frozen, and while others are trained', () => {
  const [a, b, twin] = [makeVariable(), makeVariable(), makeVariable()];
  const [optimizer, optimizerOfTwin] = [kerasAdam(0.01), kerasAdam(0.01)];
  step(optimizer, [a, GRADIENTS[0]!], [b, GRADIENTS[0]!]);
  step(optimizer, [b, GRADIENTS[1]!]); // a is frozen
  step(optimizer, [a, GRADIENTS[2]!], [b, GRADIENTS[2]!]);
  for (const gradient of GRADIENTS.slice(0, 3)) step(optimizerOfTwin, [twin, gradient]);
  expect(b.dataSync()).toEqual(twin.dataSync());
});

test('a variable that is replaced by one of another shape starts anew', () => {
  const name = 'replaced';
  const optimizer = kerasAdam(0.01);
  const first = makeVariable([1, 2], name);
  step(optimizer, [first, [1, 1]]);
  first.dispose();
  const second = makeVariable([1, 2, 3], name);
  step(optimizer, [second, [1, 1, 1]]);
  expect(second.dataSync()[2]).toBeLessThan(3);
  expect(second.shape).toEqual([3]);
});

test('a step that fails half-way leaves true weights, and nothing behind', () => {
  const variable = makeVariable();
  const optimizer = kerasAdam(0.01);
  step(optimizer, [variable, START]);
  const weights = variable.dataSync();
  const before = [tf.memory().numTensors, nativeTensors()];
  const gradient = tf.tensor1d(START);
  const run = () => optimizer.applyGradients([{ name: variable.name, tensor: gradient }]);
  nativeOps(() => expect(run).toThrow(OP), [OP]);
  gradient.dispose();
  expect(variable.dataSync()).toEqual(weights);
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  expect(optimizer.iterations).toBe(1);
});

test('a gradient that is missing leaves its variable as it is', () => {
  const [a, b] = [makeVariable(), makeVariable()];
  const optimizer = kerasAdam();
  const gradients = { [a.name]: null, [b.name]: tf.tensor1d(START) };
  optimizer.applyGradients(gradients as unknown as Parameters<typeof optimizer.applyGradients>[0]);
  expect(Array.from(a.dataSync())).toEqual(START);
  expect(Array.from(b.dataSync())).not.toEqual(START);
});

test('the configuration is that of tfjs, with epsilon as it was given', () => {
  const optimizer = kerasAdam(0.01);
  const config = { learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };
  step(optimizer, [makeVariable(), START]);
  expect(optimizer.getConfig()).toEqual(config);
  withStockKernels(() => step(optimizer, [makeVariable(), START]));
  expect(optimizer.getConfig()).toEqual(config);
});

test('dispose frees the moments, and setWeights those that it replaces', async () => {
  const variable = makeVariable();
  const run = async () => {
    const optimizer = kerasAdam();
    for (const gradient of GRADIENTS) step(optimizer, [variable, gradient]);
    const weights = await optimizer.getWeights();
    const copies = weights.map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
    await optimizer.setWeights(copies);
    tf.dispose([weights[0]!.tensor, copies.map(({ tensor }) => tensor)]);
    step(optimizer, [variable, START]);
    optimizer.dispose();
  };
  await run();
  const before = [tf.memory().numTensors, nativeTensors()];
  await run();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});

test.each<[string, () => tf.Optimizer | string]>([
  ['by name', () => 'adam'],
  ['as tf.train.adam()', () => tf.train.adam()],
])('a model that is compiled with Adam %s makes the steps of kerasAdam()', async (_, optimizer) => {
  const trained = (model: tf.Sequential, adam: tf.Optimizer | string) => {
    model.compile({ optimizer: adam, loss: 'meanSquaredError' });
    return model.trainOnBatch(tf.ones([2, 3]), tf.zeros([2, 1]));
  };
  const dense = () =>
    tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [3], kernelInitializer: 'ones' })],
    });
  const [model, reference] = [dense(), dense()];
  await trained(model, optimizer());
  await trained(reference, kerasAdam());
  model.getWeights().forEach((weight, i) => {
    expect(weight.dataSync()).toEqual(reference.getWeights()[i]!.dataSync());
  });
  expect(model.optimizer.getConfig()).toEqual(reference.optimizer.getConfig());
});

test('a model that is saved with its optimizer goes on as if it had not stopped', async () => {
  const dense = () =>
    tf.sequential({
      layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: 'ones' })],
    });
  const [x, y] = [
    tf.tensor2d([
      [1, 2],
      [3, 4],
    ]),
    tf.zeros([2, 1]),
  ];
  const model = dense();
  model.compile({ optimizer: kerasAdam(0.01), loss: 'meanSquaredError' });
  await model.trainOnBatch(x, y);
  let artifacts!: io.ModelArtifacts;
  const save = async (a: io.ModelArtifacts) => {
    artifacts = a;
    return { modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(a) };
  };
  await model.save({ save }, { includeOptimizer: true });
  const loaded = await tf.loadLayersModel(tf.io.fromMemory(artifacts));
  for (const m of [model, loaded]) await m.trainOnBatch(x, y);
  loaded.getWeights().forEach((weight, i) => {
    expect(weight.dataSync()).toEqual(model.getWeights()[i]!.dataSync());
  });
});

/** A network of two layers, always the same, and what its training reports. */
async function train(): Promise<{ losses: unknown; weights: number[][] }> {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 1 });
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        inputShape: [8, 8, 1],
        filters: 4,
        kernelSize: 3,
        activation: 'relu',
        kernelInitializer,
      }),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer }),
    ],
  });
  const optimizer = kerasAdam(0.01);
  model.compile({ optimizer, loss: 'binaryCrossentropy' });
  const x = tf.randomUniform([12, 8, 8, 1], 0, 1, 'float32', 5);
  const y = tf.tidy(() => x.mean([1, 2]).greater(0.5).toFloat());
  const { history } = await model.fit(x, y, {
    epochs: 3,
    batchSize: 4,
    shuffle: false,
    verbose: 0,
  });
  const weights = model.getWeights().map((w) => Array.from(w.dataSync()));
  tf.dispose([x, y]);
  model.dispose();
  optimizer.dispose();
  return { losses: history['loss'], weights };
}

test('a training gives the same history and weights for the same seed', async () => {
  expect(await train()).toEqual(await train());
});

test('trainings leave no tensor behind', async () => {
  await train();
  const before = [tf.memory().numTensors, nativeTensors()];
  await train();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});
