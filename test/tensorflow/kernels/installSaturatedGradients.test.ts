// First, so that it sees tfjs before its kernels are replaced.
import { expectTensorsClose, onStockKernels } from '../../support/stockKernels';
import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { runPython } from '../../support/keras';
import { nativeOps } from '../../support/nativeOps';

// What stands before the sigmoid or the softmax, from hardly sure to utterly sure, right and wrong.
const LOGITS = [0.5, -3, 12, -15, 17, -17, 40, -40, 90, -90];
const LABELS = [0, 1, 0, 1, 0, 1, 0, 1, 1, 0];

const KERAS = `
import json, keras, numpy
logits, labels = numpy.array(${JSON.stringify(LOGITS)}, 'float32'), numpy.array(${JSON.stringify(LABELS)}, 'float32')

def weights_after_a_step(units, activation, loss, y):
    # One weight a picture and unit: what it changes by is the gradient of that picture alone.
    model = keras.Sequential([keras.Input((len(logits),)), keras.layers.Dense(units, activation, use_bias=False)])
    kernel = numpy.zeros((len(logits), units), 'float32')
    kernel[:, -1] = logits
    model.set_weights([kernel])
    model.compile(keras.optimizers.SGD(float(len(logits))), loss)
    model.train_on_batch(numpy.eye(len(logits), dtype='float32'), y)
    return model.get_weights()[0].ravel().tolist()

print(json.dumps([
    weights_after_a_step(1, 'sigmoid', 'binary_crossentropy', labels[:, None]),
    weights_after_a_step(3, 'softmax', 'categorical_crossentropy', numpy.eye(3)[(2 * labels).astype(int)]),
]))
`;

async function weightsAfterAStep(
  units: number,
  activation: 'sigmoid' | 'softmax',
  loss: string,
  labels: number[][],
): Promise<Float32Array> {
  const count = LOGITS.length;
  const model = tf.sequential({
    layers: [tf.layers.dense({ units, activation, useBias: false, inputShape: [count] })],
  });
  const kernel = LOGITS.map((logit) =>
    Array.from({ length: units }, (_, i) => (i === units - 1 ? logit : 0)),
  );
  const [before, xs, ys] = [tf.tensor2d(kernel), tf.eye(count), tf.tensor2d(labels)];
  model.setWeights([before]);
  model.compile({ optimizer: tf.train.sgd(count), loss });
  await model.trainOnBatch(xs, ys);
  const after = await model.getWeights()[0]!.data<'float32'>();
  tf.dispose([before, xs, ys]);
  model.dispose();
  model.optimizer.dispose();
  return after;
}

const CASES = [
  ['sigmoid', 1, 'binaryCrossentropy', LABELS.map((label) => [label])],
  [
    'softmax',
    3,
    'categoricalCrossentropy',
    LABELS.map((label) => [0, 1, 2].map((i) => Number(i === 2 * label))),
  ],
] as const;

let keras: number[][];
beforeAll(async () => {
  keras = await runPython<number[][]>(KERAS);
});

test('in Keras the surest wrong answer is corrected by a whole gradient', () => {
  const [binary = []] = keras;
  expect(LOGITS[6]! - binary[6]!).toBeCloseTo(1, 5); // 40, and the label is 0
});

test.each(CASES.map((each, i) => [...each, i] as const))(
  'answers of a %s that are wrong and utterly sure are corrected as in Keras, by the graph and op by op',
  async (activation, units, loss, labels, i) => {
    const train = () =>
      weightsAfterAStep(
        units,
        activation,
        loss,
        labels.map((row) => [...row]),
      );
    const tensors = tf.memory().numTensors;
    const byGraph = await countingGraphRuns(train);
    expect(byGraph.graphRuns).toBe(1);
    for (const weights of [byGraph.result, await opByOp(train)]) {
      expect(weights).toHaveLength(keras[i]!.length);
      weights.forEach((weight, place) =>
        expect(Math.abs(weight - keras[i]![place]!)).toBeLessThan(2e-5),
      );
    }
    expect(tf.memory().numTensors).toBe(tensors);
  },
);

test.each(['linear', 'relu', 'tanh'] as const)(
  'a network that ends in %s is not moved by what is no probability, as in tfjs',
  async (activation) => {
    const step = async () => {
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 1, inputShape: [1], useBias: false, activation })],
      });
      model.compile({ optimizer: tf.train.sgd(0.01), loss: 'binaryCrossentropy' });
      const [weight, x, y] = [tf.tensor2d([[1]]), tf.tensor2d([[-0.5]]), tf.tensor2d([[1]])];
      model.setWeights([weight]);
      await model.trainOnBatch(x, y);
      const [after] = model.getWeights()[0]!.dataSync();
      tf.dispose([weight, x, y]);
      model.dispose();
      return after;
    };
    const { result, graphRuns } = await countingGraphRuns(step);
    expect(graphRuns).toBe(1);
    expect([result, await opByOp(step)]).toEqual([1, 1]);
  },
);

test('a cut at other numbers keeps its gradient', () => {
  const gradient = tf.grad((x: tf.Tensor) => tf.clipByValue(x, 0, 1).sum());
  expect([...gradient(tf.tensor1d([-1, 0.5, 2])).dataSync()]).toEqual([0, 1, 0]);
});

test('sigmoid and softmax keep their gradients where nothing is saturated', () => {
  // σ(x)(1 − σ(x)) at 0 and at ln 3: 1/4, and 3/4 · 1/4.
  const sigmoid = tf.grad((x: tf.Tensor) => tf.sigmoid(x).sum());
  expect([...sigmoid(tf.tensor1d([0, Math.log(3)])).dataSync()]).toEqual([
    expect.closeTo(0.25, 6),
    expect.closeTo(0.1875, 6),
  ]);
  // p₀ = 1/4: its derivative by x₀ is p₀(1 − p₀), by x₁ −p₀p₁.
  const softmax = tf.grad((x: tf.Tensor) => tf.softmax(x).slice(0, 1).sum());
  expect([...softmax(tf.tensor1d([0, Math.log(3)])).dataSync()]).toEqual([
    expect.closeTo(0.1875, 6),
    expect.closeTo(-0.1875, 6),
  ]);
});

type Op = (x: tf.Tensor) => tf.Tensor;

const clipProbability: Op = (x) => tf.clipByValue(x, 1e-7, 1 - 1e-7);
const sigmoid: Op = (x) => tf.sigmoid(x);
const softmax: Op = (x) => tf.softmax(x);
const gradientOf = (op: Op, x: tf.Tensor, dy: tf.Tensor) => tf.grad(op)(x, dy);

const SHAPES = [
  [5],
  [1],
  [0],
  [0, 3],
  [3, 4],
  [7, 1],
  [1, 100],
  [2, 3, 4],
  [2, 5, 6, 3],
  [1, 2, 3, 2, 2],
];
const OPS: Array<[name: string, op: Op, from: number, to: number]> = [
  ['sigmoid', sigmoid, -5, 5],
  ['softmax', softmax, -5, 5],
  ['the cut of a probability', clipProbability, 0.001, 0.999],
];

describe.each(OPS)('%s, where nothing is saturated,', (_, op, from, to) => {
  test.each(SHAPES.map((shape) => [shape]))('is with its gradient that of tfjs for %j', (shape) => {
    const x = tf.randomUniform(shape, from, to, 'float32', 1);
    const dy = tf.randomNormal(shape, 0, 1, 'float32', 2);
    const run = () => [op(x), gradientOf(op, x, dy)] as const;
    const [y, dx] = run();
    const [expectedY, expectedDx] = onStockKernels(run);
    expectTensorsClose(y, expectedY, 0);
    expectTensorsClose(dx, expectedDx, 0);
  });
});

test.each([
  ['sigmoid', sigmoid],
  ['softmax', softmax],
])('%s has the second derivative that it has in tfjs', (_, op) => {
  const x = tf.randomUniform([4, 5], -5, 5, 'float32', 3);
  const second = () =>
    tf.grad((x1: tf.Tensor) =>
      tf
        .grad((x2: tf.Tensor) => op(x2).square())(x1)
        .square(),
    )(x);
  expectTensorsClose(second(), onStockKernels(second), 1e-6);
});

test('what tfjs has is really compared with what it gets', () => {
  const [x, dy] = [tf.tensor1d([1, 2]), tf.tensor1d([1, 1])];
  for (const op of [sigmoid, softmax]) {
    const gradient = () => tf.dispose(gradientOf(op, x, dy));
    expect(nativeOps(gradient)).toContain('Minimum');
    expect(onStockKernels(() => nativeOps(gradient))).not.toContain('Minimum');
  }
});

test('the cut of a probability lets the gradient of all probabilities through, and nothing beyond them', () => {
  const x = tf.tensor1d([-Infinity, -1, -1e-9, 0, 5e-8, 0.5, 1, 1.000001, 2, Infinity, NaN]);
  const gradient = () => [...gradientOf(clipProbability, x, tf.onesLike(x)).dataSync()];
  expect(gradient()).toEqual([0, 0, 0, 1, 1, 1, 1, 0, 0, 0, 0]);
  expect(onStockKernels(gradient)).toEqual([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
});

test('the gradient of a saturated sigmoid is 1e-7, which is 0 in tfjs', () => {
  const x = tf.tensor1d([-100, -40, 40, 100]);
  const gradient = () => [...gradientOf(sigmoid, x, tf.onesLike(x)).dataSync()];
  // 1 - 1e-7 is 1 - 2⁻²³ in float32.
  const [low, high] = [expect.closeTo(1e-7, 12), expect.closeTo(2 ** -23, 12)];
  expect(gradient()).toEqual([low, low, high, high]);
  onStockKernels(gradient).forEach((value) => expect(value).toBeCloseTo(0, 12));
});
