import { tf } from '../../../src/tensorflow/tf';
import { both, initializer, weightsOf } from '../../support/tinyModel';

/** Five samples of three classes, or of two. */
const labels = {
  probabilities: () =>
    tf.tensor2d([
      [0.7, 0.2, 0.1],
      [0.1, 0.1, 0.8],
      [0.3, 0.4, 0.3],
      [0.2, 0.6, 0.2],
      [0.5, 0.25, 0.25],
    ]),
  oneHot: () => tf.oneHot(tf.tensor1d([0, 2, 1, 1, 0], 'int32'), 3).toFloat(),
  'int32 one-hot': () => tf.oneHot(tf.tensor1d([0, 2, 1, 1, 0], 'int32'), 3),
  sparse: () => tf.tensor2d([[0], [2], [1], [1], [0]]),
  'int32 sparse': () => tf.tensor2d([0, 2, 1, 1, 0], [5, 1], 'int32'),
  binary: () => tf.tensor2d([[0], [1], [1], [0], [1]]),
  'int32 binary': () => tf.tensor2d([0, 1, 1, 0, 1], [5, 1], 'int32'),
};
type Labels = keyof typeof labels;

interface Setup {
  loss: string;
  metrics?: Array<string | (typeof tf.metrics)['mse']>;
  rate?: number;
}

type History = Record<string, number[]>;

/** Trains three epochs of two batches with validation, by the graph and op by op; tells their histories or errors. */
async function trained(setup: Setup, kind: Labels, graphRuns = 6 + 6) {
  const isBinary = kind.endsWith('binary');
  const make = () =>
    tf.sequential({
      layers: [
        tf.layers.dense({
          units: 4,
          inputShape: [2],
          activation: 'tanh',
          kernelInitializer: initializer(1),
        }),
        tf.layers.dense({
          units: isBinary ? 1 : 3,
          activation: isBinary ? 'sigmoid' : 'softmax',
          kernelInitializer: initializer(2),
        }),
      ],
    });
  const warn = jest.spyOn(console, 'warn').mockImplementation();
  const { graph, eager } = await both(
    graphRuns,
    async (model) => {
      const optimizer = tf.train.sgd(setup.rate ?? 0.1);
      const xs = tf.tensor2d([1, 2, -1, 0.5, 0.3, -2, 2, 1, 0, 1], [5, 2]);
      const ys = labels[kind]();
      try {
        model.compile({ optimizer, loss: setup.loss, metrics: setup.metrics as string[] });
        const { history } = await model.fit(xs, ys, {
          epochs: 3,
          batchSize: 3,
          shuffle: false,
          validationData: [xs, ys],
          verbose: 0,
        });
        return history as History;
      } catch (error) {
        return String(error);
      } finally {
        tf.dispose([xs, ys]);
        optimizer.dispose();
      }
    },
    make,
  );
  expect(warn).not.toHaveBeenCalledWith(expect.stringContaining('op by op'));
  warn.mockRestore();
  return { graph, eager, start: weightsAtStart(make) };
}

function weightsAtStart(make: () => tf.Sequential): number[][] {
  const model = make();
  const weights = weightsOf(model);
  model.dispose();
  return weights;
}

/** Requires numbers that are equal but for rounding; some, such as percentages of 0, are very large. */
function expectEqual(actual: number[], expected: number[]): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Number.isFinite(value)).toBe(true);
    expect(Math.abs(actual[i]! - value)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(value)));
  });
}

async function expectAgreement(setup: Setup, kind: Labels): Promise<History> {
  const { graph, eager, start } = await trained(setup, kind);
  const [history, expected] = [graph.result as History, eager.result as History];
  expect(Object.keys(history)).toEqual(Object.keys(expected));
  for (const [name, values] of Object.entries(expected)) expectEqual(history[name]!, values);
  expectEqual(graph.weights.flat(), eager.weights.flat());
  expect(graph.weights.flat()).not.toEqual(start.flat());
  return history;
}

test.each<[loss: string, kind: Labels]>([
  ['meanSquaredError', 'probabilities'],
  ['meanAbsoluteError', 'probabilities'],
  ['meanAbsolutePercentageError', 'probabilities'],
  ['meanSquaredLogarithmicError', 'probabilities'],
  ['squaredHinge', 'probabilities'],
  ['hinge', 'probabilities'],
  ['categoricalHinge', 'oneHot'],
  ['logcosh', 'probabilities'],
  ['categoricalCrossentropy', 'oneHot'],
  ['categoricalCrossentropy', 'int32 one-hot'],
  ['sparseCategoricalCrossentropy', 'sparse'],
  ['binaryCrossentropy', 'binary'],
  ['binaryCrossentropy', 'int32 binary'],
  ['binaryCrossentropy', 'oneHot'],
  ['kullbackLeiblerDivergence', 'probabilities'],
  ['poisson', 'probabilities'],
  ['cosineProximity', 'probabilities'],
])('%s with %s labels trains by the graph as op by op', async (loss, kind) => {
  // Percentages are hundreds of times larger, and so are their gradients.
  const rate = loss === 'meanAbsolutePercentageError' ? 1e-4 : 0.1;
  const history = await expectAgreement({ loss, rate }, kind);
  expect(history['loss']![2]).toBeLessThan(history['loss']![0]!);
});

test.each<[metric: string, kind: Labels, loss: string]>([
  ['accuracy', 'binary', 'binaryCrossentropy'],
  ['accuracy', 'oneHot', 'categoricalCrossentropy'],
  ['accuracy', 'sparse', 'sparseCategoricalCrossentropy'],
  ['acc', 'binary', 'binaryCrossentropy'],
  ['crossentropy', 'binary', 'binaryCrossentropy'],
  ['ce', 'oneHot', 'categoricalCrossentropy'],
  ['ce', 'sparse', 'sparseCategoricalCrossentropy'],
  ['binaryAccuracy', 'binary', 'binaryCrossentropy'],
  ['categoricalAccuracy', 'oneHot', 'categoricalCrossentropy'],
  ['categoricalCrossentropy', 'oneHot', 'meanSquaredError'],
  ['sparseCategoricalCrossentropy', 'sparse', 'sparseCategoricalCrossentropy'],
  ['mse', 'binary', 'binaryCrossentropy'],
  ['MSE', 'oneHot', 'categoricalCrossentropy'],
  ['mae', 'binary', 'binaryCrossentropy'],
  ['MAE', 'oneHot', 'categoricalCrossentropy'],
  ['mape', 'binary', 'binaryCrossentropy'],
  ['MAPE', 'probabilities', 'meanSquaredError'],
  ['cosine', 'oneHot', 'categoricalCrossentropy'],
])('the metric "%s" with %s labels is that of op by op', async (metric, kind, loss) => {
  const history = await expectAgreement({ loss, metrics: [metric] }, kind);
  const name = { accuracy: 'acc', crossentropy: 'ce' }[metric] ?? metric;
  expect(Object.keys(history)).toContain(name);
});

test.each(Object.entries(tf.metrics))('tf.metrics.%s is that of op by op', async (name, metric) => {
  const isSparse = name.startsWith('sparse');
  const loss = isSparse ? 'sparseCategoricalCrossentropy' : 'categoricalCrossentropy';
  await expectAgreement({ loss, metrics: [metric] }, isSparse ? 'sparse' : 'oneHot');
});

test('precision and recall count outputs of exactly 0 and 1, by the graph too', async () => {
  const make = () => {
    const activation = 'hardSigmoid'; // 0 and 1 from ±2.5 on
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: 'ones', activation }),
      ],
    });
    const metrics = ['precision', tf.metrics.recall] as string[];
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError', metrics });
    return model;
  };
  const { graph, eager } = await both(
    1,
    async (model) => {
      const [xs, ys] = [
        tf.tensor2d([[9], [9], [9], [-9], [-9], [-9]]),
        tf.tensor2d([[1], [1], [0], [1], [1], [0]]),
      ];
      const [, ...metrics] = (await model.trainOnBatch(xs, ys)) as number[];
      tf.dispose([xs, ys]);
      return metrics;
    },
    make,
  );
  // 2 true positives, 1 false positive, 2 false negatives.
  expect(graph.result).toEqual([expect.closeTo(2 / 3, 6), expect.closeTo(1 / 2, 6)]);
  expect(graph.result).toEqual(eager.result);
});

test.each<[what: string, setup: Setup, kind: Labels, error: RegExp]>([
  [
    'a metric that it knows as a function only',
    { loss: 'binaryCrossentropy', metrics: ['recall'] },
    'binary',
    /Unknown metric recall/,
  ],
  [
    'labels of another shape than a metric wants',
    { loss: 'categoricalCrossentropy', metrics: [tf.metrics.sparseCategoricalAccuracy] },
    'oneHot',
    /Can't squeeze axis 1/,
  ],
  ['an unknown loss', { loss: 'huber' }, 'oneHot', /Unknown loss huber/],
])('tfjs refuses %s, by the graph with the same error', async (_, setup, kind, error) => {
  const { graph, eager, start } = await trained(setup, kind, 0);
  expect(eager.result).toMatch(error);
  expect(graph.result).toBe(eager.result);
  expect(graph.weights).toEqual(start);
});
