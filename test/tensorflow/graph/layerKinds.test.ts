import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { expectClose, initializer, sessions, weightsOf } from '../../support/tinyModel';

interface Trained {
  model: tf.LayersModel;
  xs: tf.Tensor[];
  ys: tf.Tensor[];
}

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);
const dense = (units: number, seed: number) =>
  tf.layers.dense({ units, kernelInitializer: initializer(seed) });

/** A layer between sequences of four steps with two features and one number out. */
function around(layer: tf.layers.Layer): Trained {
  const model = tf.sequential();
  model.add(tf.layers.reshape({ targetShape: [4, 2], inputShape: [8] }));
  model.add(layer);
  model.add(tf.layers.flatten());
  model.add(dense(1, 3));
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  return { model, xs: [normal([5, 8], 1)], ys: [normal([5, 1], 2)] };
}

const recurrent = () => ({
  units: 3,
  kernelInitializer: initializer(1),
  recurrentInitializer: initializer(2),
});

const kinds: Record<string, () => Trained> = {
  'an LSTM': () => around(tf.layers.lstm({ ...recurrent(), returnSequences: true })),
  'a GRU': () => around(tf.layers.gru({ ...recurrent(), returnSequences: true })),
  'a simple RNN': () => around(tf.layers.simpleRNN({ ...recurrent(), returnSequences: true })),
  'a bidirectional LSTM': () =>
    around(
      tf.layers.bidirectional({
        layer: tf.layers.lstm({ ...recurrent(), returnSequences: true }) as tf.RNN,
        mergeMode: 'concat',
      }),
    ),
  'a Conv1D': () =>
    around(
      tf.layers.conv1d({
        filters: 3,
        kernelSize: 2,
        activation: 'relu',
        kernelInitializer: initializer(1),
      }),
    ),
  'an l2 regularizer': () =>
    around(
      tf.layers.dense({
        units: 3,
        kernelInitializer: initializer(1),
        kernelRegularizer: tf.regularizers.l2({ l2: 0.3 }),
      }),
    ),
  'l1 and l2 regularizers of kernel and bias': () =>
    around(
      tf.layers.dense({
        units: 3,
        kernelInitializer: initializer(1),
        kernelRegularizer: 'l1l2',
        biasInitializer: 'ones',
        biasRegularizer: tf.regularizers.l1({ l1: 0.3 }),
      }),
    ),
  'transposed convolutions': () => {
    const model = tf.sequential({
      layers: [
        tf.layers.conv2dTranspose({
          filters: 3,
          kernelSize: 3,
          strides: 2,
          inputShape: [4, 5, 2],
          activation: 'relu',
          kernelInitializer: initializer(1),
        }),
        tf.layers.conv2dTranspose({
          filters: 1,
          kernelSize: 2,
          padding: 'same',
          kernelInitializer: initializer(2),
        }),
      ],
    });
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    return { model, xs: [normal([3, 4, 5, 2], 1)], ys: [normal([3, 9, 11, 1], 2)] };
  },
  'two inputs and two outputs with two losses': () => {
    const inputs = [tf.input({ shape: [2] }), tf.input({ shape: [3] })];
    const both = tf.layers.concatenate().apply(inputs) as tf.SymbolicTensor;
    const hidden = tf.layers
      .dense({ units: 4, activation: 'tanh', kernelInitializer: initializer(1) })
      .apply(both) as tf.SymbolicTensor;
    const number = dense(1, 2).apply(hidden) as tf.SymbolicTensor;
    const classes = tf.layers
      .dense({ units: 3, activation: 'softmax', kernelInitializer: initializer(3) })
      .apply(hidden) as tf.SymbolicTensor;
    const model = tf.model({ inputs, outputs: [number, classes] });
    model.compile({
      optimizer: 'adam',
      loss: ['meanSquaredError', 'categoricalCrossentropy'],
      metrics: ['mae'],
    });
    const oneHot = tf.oneHot(tf.tensor1d([0, 2, 1, 1, 0], 'int32'), 3).toFloat();
    return { model, xs: [normal([5, 2], 1), normal([5, 3], 2)], ys: [normal([5, 1], 3), oneHot] };
  },
};

test.each(Object.entries(kinds))(
  'a model with %s trains by the graph as op by op',
  async (_, make) => {
    const warn = jest.spyOn(console, 'warn').mockImplementation();
    const train = async () => {
      const { model, xs, ys } = make();
      const start = weightsOf(model);
      const losses: number[][] = [];
      for (let i = 0; i < 4; i++) losses.push([await model.trainOnBatch(xs, ys)].flat());
      const weights = weightsOf(model);
      model.dispose();
      tf.dispose([xs, ys]);
      return { start, losses, weights };
    };
    const graph = await countingGraphRuns(train);
    const eager = await countingGraphRuns(() => opByOp(train));
    expect([graph.graphRuns, eager.graphRuns]).toEqual([4, 0]);
    expect(warn).not.toHaveBeenCalled();
    expectClose(graph.result.losses, eager.result.losses);
    expectClose(graph.result.weights, eager.result.weights);
    eager.result.weights.forEach((weight, i) => expect(weight).not.toEqual(eager.result.start[i]));
    warn.mockRestore();
  },
);

test.each<[string, () => tf.Optimizer]>([
  ['Adam', () => tf.train.adam(0.01)],
  ['momentum', () => tf.train.momentum(0.1, 0.9)],
  ['RMSprop', () => tf.train.rmsprop(0.01)],
])('one %s of two models that train in turn goes on as op by op', async (_, makeOptimizer) => {
  const train = async () => {
    const optimizer = makeOptimizer();
    const models = [3, 4].map((seed) => {
      const model = tf.sequential({
        layers: [
          tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: initializer(seed) }),
        ],
      });
      model.compile({ optimizer, loss: 'meanSquaredError' });
      return model;
    });
    const [xs, ys] = [normal([5, 2], 1), normal([5, 1], 2)];
    for (let i = 0; i < 3; i++) {
      for (const model of models) await model.trainOnBatch(xs, ys);
    }
    const weights = models.flatMap(weightsOf);
    const { iterations } = optimizer;
    models.forEach((model) => model.dispose());
    optimizer.dispose();
    tf.dispose([xs, ys]);
    return { weights, iterations };
  };
  const { result, graphRuns } = await countingGraphRuns(train);
  const expected = await opByOp(train);
  expect(graphRuns).toBe(6);
  expect([result.iterations, expected.iterations]).toEqual([6, 6]);
  expectClose(result.weights, expected.weights);
  expect(sessions()).toBe(0);
});
