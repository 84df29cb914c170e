// First, so that it sees tfjs before its kernels are replaced.
import { expectTensorsClose, onStockKernels } from '../../support/stockKernels';
import { rm } from 'node:fs/promises';

import { tf } from '../../../src/tensorflow/tf';
import { countingGraphRuns, opByOp } from '../../support/graph';
import { type KerasTraining, trainHere, trainInKeras } from '../../support/kerasTraining';
import { folderWith } from '../../support/pictures';

// Odd sizes, which rates do not divide; each padding, with and without bias, activations of both sorts.
const LAYERS = [
  ['Conv2D', "3, 3, dilation_rate=2, activation='relu'"],
  ['Conv2D', "3, 3, dilation_rate=2, padding='same'"],
  ['Conv2D', "3, (2, 3), dilation_rate=(3, 2), padding='same', activation='tanh', use_bias=False"],
  ['Conv2D', "3, (3, 2), dilation_rate=(1, 4), activation='gelu'"],
  ['Conv2D', "4, 1, dilation_rate=3, padding='same'"],
  ['Conv2D', "2, 3, dilation_rate=6, padding='same', activation='relu'"],
  ['Conv2D', "4, 3, dilation_rate=(2, 3), groups=2, padding='same', activation='relu'"],
  ['Conv2D', '4, 2, dilation_rate=2, groups=4'],
  ['SeparableConv2D', "3, 3, dilation_rate=2, padding='same', activation='relu'"],
  ['DepthwiseConv2D', "3, dilation_rate=2, padding='same'"],
  ['Conv1D', "3, 3, dilation_rate=2, activation='relu'"],
  ['Conv1D', "3, 2, dilation_rate=3, padding='same', use_bias=False"],
  ['Conv1D', "3, 3, dilation_rate=2, padding='causal'"],
  ['Conv1D', "4, 3, dilation_rate=2, padding='same', groups=2"],
] as const;

const nameOf = (i: number) => `${i}.keras`;

const KERAS = `
for i, (name, arguments) in enumerate(json.loads(${JSON.stringify(JSON.stringify(LAYERS))})):
    shape = (13, 4) if name == 'Conv1D' else (11, 9, 4)
    made = lambda **more: eval(f'layers.{name}({arguments}, **more)', {'layers': layers, 'more': more})
    model = keras.Sequential([keras.Input(shape), made(), layers.Flatten(), layers.Dense(2)])
    # TensorFlow trains groups on the CPU when XLA compiles them.
    tf.config.run_functions_eagerly('groups' not in arguments)
    model.compile(keras.optimizers.SGD(0.05), 'mse', jit_compile='groups' in arguments)
    train(f'{i}.keras', model, rng.normal(size=(4, *shape)), rng.normal(size=(4, 2)).astype('float32'))
`;

let folder: string;
let keras: Record<string, KerasTraining>;

beforeAll(async () => {
  folder = await folderWith({});
  keras = await trainInKeras(folder, KERAS);
});

afterAll(() => rm(folder, { recursive: true }));

test.each(LAYERS.map((layer, i) => [...layer, i] as const))(
  '%s(%s) learns in three steps what it learns in Keras, by the graph and op by op',
  async (_, __, i) => {
    const expected = keras[nameOf(i)]!;
    const before = tf.memory().numTensors;
    const { result, graphRuns } = await countingGraphRuns(() => trainHere(expected));
    expect(graphRuns).toBeGreaterThan(3);
    for (const { trained } of [result, await opByOp(() => trainHere(expected))]) {
      expect(trained).toHaveLength(expected.trained.length);
      trained.forEach((weight, j) => {
        const wanted = expected.trained[j]!;
        expect(weight).toHaveLength(wanted.length);
        // Of numbers above 1 as many places are right as float32 has.
        const largest = Math.max(1, ...wanted.map(Math.abs));
        weight.forEach((value, k) => expect(value / largest).toBeCloseTo(wanted[k]! / largest, 5));
      });
    }
    expect(tf.memory().numTensors).toBe(before);
  },
);

test.each(['same', 'valid'] as const)(
  'the gradient of tf.conv2d with a dilation and padding %s is that of a kernel with zeros between its numbers',
  (pad) => {
    tf.tidy(() => {
      const x = tf.randomNormal<tf.Rank.R4>([2, 7, 8, 2], 0, 1, 'float32', 1);
      const filter = tf.randomNormal<tf.Rank.R4>([2, 3, 2, 3], 0, 1, 'float32', 2);
      const dilated = (a: tf.Tensor4D, b: tf.Tensor4D) => tf.conv2d(a, b, 1, pad, 'NHWC', [3, 2]);
      // [a b] -> [a 0 0 b], and [a b c] -> [a 0 b 0 c]
      const [down, across] = [
        [0, 3],
        [0, 2, 4],
      ].map((places, i) => tf.oneHot(tf.tensor1d(places, 'int32'), 4 + i).toFloat());
      const spread = (a: tf.Tensor4D, b: tf.Tensor4D) => {
        const rows = tf.matMul(down!, b.reshape([2, 18]), true).reshape([4, 3, 6]);
        const both = tf.matMul(across!.expandDims(0).tile([4, 1, 1]), rows, true);
        return tf.conv2d(a, both.reshape([4, 5, 2, 3]) as tf.Tensor4D, 1, pad);
      };
      const [actual, expected] = [dilated, spread].map((conv) =>
        tf.grads((a, b) => conv(a as tf.Tensor4D, b as tf.Tensor4D).square())([x, filter]),
      );
      actual!.forEach((gradient, i) => expectTensorsClose(gradient, expected![i]!));
    });
  },
);

test('stock tfjs refuses to train a convolution with a dilation', () => {
  const layer = tf.layers.conv2d({ filters: 1, kernelSize: 2, dilationRate: 2 });
  const x = tf.ones([1, 5, 5, 1]);
  const train = () => tf.grad((a) => layer.apply(a) as tf.Tensor)(x);
  expect(() => onStockKernels(train)).toThrow('dilation rates greater than 1');
  expect(train().shape).toEqual([1, 5, 5, 1]);
});
