import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { runPython } from '../../support/keras';

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
