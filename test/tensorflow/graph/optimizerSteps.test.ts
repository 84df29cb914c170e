import { optimizerStep } from '../../../src/tensorflow/graph/optimizerSteps';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { runPython } from '../../support/keras';
import {
  buildModel,
  makeBatch,
  modelFamily,
  toPlain,
  weightsByLayer,
  type PlainTensor,
} from '../../support/modelFamily';
import { buildTiny, makeData, weightsOf } from '../../support/tinyModel';

const spec = modelFamily.find(({ name }) => name === 'regression')!;

const optimizers: Array<[name: string, make: () => tf.Optimizer]> = [
  ['SGD', () => tf.train.sgd(0.1)],
  ['momentum', () => tf.train.momentum(0.1, 0.9)],
  ['Nesterov momentum', () => tf.train.momentum(0.1, 0.9, true)],
  ['RMSprop', () => tf.train.rmsprop(0.01, 0.9, 0.3)],
  ['Adagrad', () => tf.train.adagrad(0.1, 0.2)],
  ['Adamax', () => tf.train.adamax(0.01, 0.8, 0.99, 1e-7, 0.1)],
  ['Adam', () => tf.train.adam(0.01, 0.8, 0.99)],
  ["tfjs's own Adam", () => new tf.AdamOptimizer(0.01, 0.8, 0.99, 1e-4)],
];

function setRate(optimizer: tf.Optimizer, rate: number): void {
  const settable = optimizer as unknown as {
    learningRate: number;
    setLearningRate?: (rate: number) => void;
  };
  if (settable.setLearningRate) settable.setLearningRate(rate);
  else settable.learningRate = rate;
}

/** Weights and the optimizer's variables after ten steps, of which the last five have half the learning rate. */
async function train(make: () => tf.Optimizer) {
  const optimizer = make();
  const model = buildModel(spec);
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const { learningRate } = optimizer.getConfig() as { learningRate: number };
  for (let i = 0; i < 10; i++) {
    if (i === 5) setRate(optimizer, learningRate / 2);
    const { xs, ys } = makeBatch(spec, i);
    await model.trainOnBatch(xs, ys);
    tf.dispose([xs, ys]);
  }
  const state = await optimizer.getWeights().catch(() => []); // Adamax has none to give.
  const result = {
    weights: weightsByLayer(model),
    state: state.map(({ name, tensor }) => ({
      name: name.replace(/_\d+(?=\/)/, ''), // which of the models with such a layer it is
      shape: tensor.shape,
      values: Array.from(tensor.dataSync()),
    })),
    iterations: optimizer.iterations,
  };
  tf.dispose(state.slice(0, 1).map(({ tensor }) => tensor));
  model.dispose();
  optimizer.dispose();
  return result;
}

function expectClose(actual: PlainTensor, expected: PlainTensor): void {
  expect(actual.shape).toEqual(expected.shape);
  const largest = Math.max(...expected.values.map(Math.abs));
  const difference = Math.max(...expected.values.map((x, i) => Math.abs(x - actual.values[i]!)));
  expect(difference).toBeLessThanOrEqual(1e-5 * largest);
}

describe.each(optimizers)('%s', (_, make) => {
  test('leaves the weights and its own variables as op by op, also when the learning rate changes', async () => {
    const { result, graphRuns } = await countingGraphRuns(() => train(make));
    const expected = await opByOp(() => train(make));
    expect(graphRuns).toBe(10);
    expect(result.iterations).toBe(10);
    expect(expected.iterations).toBe(10);
    for (const [layer, tensors] of Object.entries(expected.weights)) {
      tensors.forEach((tensor, i) => expectClose(result.weights[layer]![i]!, tensor));
    }
    expect(result.state.map(({ name }) => name)).toEqual(expected.state.map(({ name }) => name));
    expected.state.forEach((tensor, i) => expectClose(result.state[i]!, tensor));
  });

  test('goes on by the graph where it was op by op, and the other way round', async () => {
    const half = async (model: tf.LayersModel, seeds: number[]) => {
      for (const seed of seeds) {
        const { xs, ys } = makeBatch(spec, seed);
        await model.trainOnBatch(xs, ys);
        tf.dispose([xs, ys]);
      }
    };
    const results = [];
    const runs: number[] = [];
    for (const graphFirst of [true, false, undefined]) {
      const model = buildModel(spec);
      const optimizer = make();
      model.compile({ optimizer, loss: 'meanSquaredError' });
      const one = () => half(model, [1, 2, 3]);
      const two = () => half(model, [4, 5, 6]);
      const { graphRuns } = await countingGraphRuns(async () => {
        await (graphFirst === true ? one() : opByOp(one));
        await (graphFirst === false ? two() : opByOp(two));
      });
      runs.push(graphRuns);
      results.push(weightsByLayer(model));
      model.dispose();
      optimizer.dispose();
    }
    expect(runs).toEqual([3, 3, 0]);
    const [mixed, mixedToo, expected] = results as [
      (typeof results)[0],
      (typeof results)[0],
      (typeof results)[0],
    ];
    for (const [layer, tensors] of Object.entries(expected)) {
      tensors.forEach((tensor, i) => {
        expectClose(mixed[layer]![i]!, tensor);
        expectClose(mixedToo[layer]![i]!, tensor);
      });
    }
  });
});

test.each<[string, () => tf.Optimizer]>([
  ['Adadelta', () => tf.train.adadelta()],
  ['a centered RMSProp', () => tf.train.rmsprop(0.01, 0.9, 0, 1e-7, true)],
])('refuses %s', (name, make) => {
  const optimizer = make();
  expect(() => optimizerStep(optimizer)).toThrow(`its optimizer is ${name}`);
  optimizer.dispose();
});

describe('five steps by the graph are those of Keras', () => {
  const asKeras: Array<[keras: string, make: () => tf.Optimizer]> = [
    ['SGD(0.1, momentum=0.9)', () => tf.train.momentum(0.1, 0.9)],
    ['SGD(0.1, momentum=0.9, nesterov=True)', () => tf.train.momentum(0.1, 0.9, true)],
    [
      'RMSprop(0.01, rho=0.8, momentum=0.3, epsilon=1e-3)',
      () => tf.train.rmsprop(0.01, 0.8, 0.3, 1e-3),
    ],
    ['Adagrad(0.1, initial_accumulator_value=0.2)', () => tf.train.adagrad(0.1, 0.2)],
    [
      'Adamax(0.01, beta_1=0.8, beta_2=0.99, epsilon=1e-3)',
      () => tf.train.adamax(0.01, 0.8, 0.99, 1e-3),
    ],
  ];
  let keras: number[][];

  beforeAll(async () => {
    const [model, [xs, ys]] = [buildTiny(), makeData()];
    const weights = model.getWeights().map(toPlain);
    keras = await runPython<number[][]>(
      `
import json, sys
import keras, numpy, tensorflow as tf
tf.config.run_functions_eagerly(True)  # No graphs for a handful of steps
weights, x, y, optimizers = json.loads(sys.argv[1])
array = lambda t: numpy.array(t['values'], 'float32').reshape(t['shape'])
answers = []
for optimizer in optimizers:
    layers = [keras.Input((2,)), keras.layers.Dense(3, 'tanh'), keras.layers.Dense(1)]
    model = keras.Sequential(layers)
    model.set_weights([array(w) for w in weights])
    model.compile(eval('keras.optimizers.' + optimizer), 'mean_squared_error')
    for _ in range(5):
        model.train_on_batch(array(x), array(y))
    answers.append([float(v) for w in model.get_weights() for v in w.ravel()])
print(json.dumps(answers))
`,
      [JSON.stringify([weights, toPlain(xs), toPlain(ys), asKeras.map(([name]) => name)])],
    );
    model.dispose();
    tf.dispose([xs, ys]);
  });

  test.each(asKeras.map((each, i) => [...each, i] as const))('%s', async (_, make, i) => {
    const model = buildTiny(make());
    const start = weightsOf(model).flat();
    const [xs, ys] = makeData();
    const { graphRuns } = await countingGraphRuns(async () => {
      for (let step = 0; step < 5; step++) await model.trainOnBatch(xs, ys);
    });
    expect(graphRuns).toBe(5);
    const values = weightsOf(model).flat();
    const shape = [values.length];
    expectClose({ shape, values }, { shape, values: keras[i]! });
    values.forEach((value, j) => expect(value).not.toBeCloseTo(start[j]!, 3));
    model.optimizer.dispose();
    model.dispose();
    tf.dispose([xs, ys]);
  });
});
