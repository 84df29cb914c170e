import { tf } from '../../../src/tensorflow/native/tfjs';
import { nativeOps, nativeTensors } from '../../support/nativeOps';
import { expectTensorsClose, onStockKernels } from '../../support/stockKernels';

const OP = '_MklNativeConv2DWithBias';

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

type LayerArguments = Parameters<typeof tf.layers.conv2d>[0];

/** A layer with weights that are the same each time, its bias not 0. */
function makeLayer(shape: number[], args: Partial<LayerArguments>): tf.layers.Layer {
  const layer = tf.layers.conv2d({ filters: 4, kernelSize: 3, ...args });
  layer.build([null, ...shape.slice(1)]);
  layer.setWeights(layer.getWeights().map((weight, i) => normal(weight.shape, 10 + i)));
  return layer;
}

/** The result, and the gradients of its weighted sum by the input and the weights. */
function trainLayer(layer: tf.layers.Layer, x: tf.Tensor): tf.Tensor[] {
  let y!: tf.Tensor;
  const variable = tf.variable(x);
  const { value, grads } = tf.variableGrads(() => {
    y = tf.keep(layer.apply(variable) as tf.Tensor);
    return y.mul(normal(y.shape, 99)).sum() as tf.Scalar;
  }, [variable, ...layer.trainableWeights.map((weight) => weight.read() as tf.Variable)]);
  tf.dispose([value, variable]);
  return [y, ...Object.values(grads)];
}

const grid = ([1, 2, 3, [3, 2], 5] as const).flatMap((kernelSize) =>
  ([1, 2, [2, 1]] as const).flatMap((strides) =>
    (['same', 'valid'] as const).flatMap((padding) =>
      (
        [
          [1, 6, 5, 1],
          [3, 9, 8, 3],
        ] as const
      ).map((shape) => ({
        shape: [...shape],
        args: { kernelSize, strides, padding } as unknown as Partial<LayerArguments>,
      })),
    ),
  ),
);

test(`a convolution in training equals that of tfjs in ${grid.length} cases, with its gradients`, () => {
  const activations = ['relu', 'linear', 'tanh', 'relu6'] as const;
  grid.forEach(({ shape, args }, seed) => {
    tf.tidy(() => {
      const layer = makeLayer(shape, { ...args, activation: activations[seed % 4]! });
      const x = normal(shape, seed);
      let actual!: tf.Tensor[];
      expect(nativeOps(() => (actual = trainLayer(layer, x)))).toContain(OP);
      const expected = onStockKernels(() => trainLayer(layer, x));
      expect(actual).toHaveLength(4);
      actual.forEach((tensor, i) => expectTensorsClose(tensor, expected[i]!));
      expectTensorsClose(actual[0]!, expected[0]!, 1e-6);
      tf.dispose(layer.weights.map((weight) => weight.read()));
    });
  });
});

test(`a convolution in prediction equals that of tfjs in ${grid.length} cases`, () => {
  const activations = ['relu', 'linear', 'sigmoid', 'elu'] as const;
  grid.forEach(({ shape, args }, seed) => {
    tf.tidy(() => {
      const layer = makeLayer(shape, { ...args, activation: activations[seed % 4]! });
      const x = normal(shape, seed);
      let y!: tf.Tensor;
      const ops = nativeOps(() => (y = layer.apply(x) as tf.Tensor));
      expect(ops).toContain(OP);
      expect(ops).not.toContain('Add');
      expectTensorsClose(
        y,
        onStockKernels(() => layer.apply(x) as tf.Tensor),
        1e-6,
      );
      tf.dispose(layer.weights.map((weight) => weight.read()));
    });
  });
});

test.each<[string, number[], Partial<LayerArguments>]>([
  ['no bias', [1, 8, 8, 2], { useBias: false }],
  ['channels first', [1, 2, 8, 8], { dataFormat: 'channelsFirst' }],
])('training a convolution with %s is left to tfjs', (_, shape, args) => {
  const layer = makeLayer(shape, { ...args, activation: 'relu' });
  const x = normal(shape, 1);
  let actual!: tf.Tensor[];
  expect(nativeOps(() => (actual = trainLayer(layer, x)))).not.toContain(OP);
  const expected = onStockKernels(() => trainLayer(layer, x));
  actual.forEach((tensor, i) => expectTensorsClose(tensor, expected[i]!));
});

test('a convolution with dilation is no case for it', () => {
  const layer = makeLayer([1, 8, 8, 2], { dilationRate: 2, activation: 'relu' });
  const x = normal([1, 8, 8, 2], 1);
  const ops = nativeOps(() => {
    layer.apply(x);
    trainLayer(layer, x);
  });
  expect(ops).not.toContain(OP);
});

test.each<[string, 'same' | number | tf.backend_util.ExplicitPadding, number[]]>([
  [
    'explicit padding',
    [
      [0, 0],
      [1, 2],
      [0, 1],
      [0, 0],
    ],
    [4],
  ],
  ['padding by a number', 1, [4]],
  ['a bias of one number', 'same', [1]],
  ['a bias with three axes', 'same', [1, 1, 4]],
])('tf.fused.conv2d with %s does as tfjs', (_, pad, biasShape) => {
  const [x, filter] = [normal([2, 6, 5, 3], 1), normal([3, 3, 3, 4], 2)];
  const bias = normal(biasShape, 3);
  const outcome = () => {
    try {
      return tf.fused.conv2d({
        x: x as tf.Tensor4D,
        filter: filter as tf.Tensor4D,
        strides: 1,
        pad: pad as 'same',
        bias,
        activation: 'relu',
      });
    } catch (error) {
      return (error as Error).message;
    }
  };
  let actual!: ReturnType<typeof outcome>;
  expect(nativeOps(() => (actual = outcome()))).not.toContain(OP);
  const expected = onStockKernels(outcome);
  if (typeof expected === 'string') expect(actual).toBe(expected);
  else expectTensorsClose(actual as tf.Tensor, expected, 0);
});

test('a picture without a batch is convolved as by tfjs', () => {
  const [x, filter, bias] = [normal([6, 5, 3], 1), normal([3, 3, 3, 4], 2), normal([4], 3)];
  const run = () =>
    tf.fused.conv2d({
      x: x as tf.Tensor3D,
      filter: filter as tf.Tensor4D,
      strides: 1,
      pad: 'valid',
      bias,
      activation: 'relu',
    });
  expectTensorsClose(run(), onStockKernels(run), 1e-6);
});

test('the gradient of the gradient of a convolution equals that of tfjs', () => {
  const layer = makeLayer([1, 5, 5, 2], { activation: 'tanh' });
  const x = normal([1, 5, 5, 2], 1);
  const conv = (t: tf.Tensor) => (layer.apply(t) as tf.Tensor).square();
  const second = () => tf.grad((t: tf.Tensor) => tf.grad(conv)(t).square())(x);
  const outcome = () => {
    try {
      return second();
    } catch (error) {
      return (error as Error).message;
    }
  };
  const [actual, expected] = [outcome(), onStockKernels(outcome)];
  if (typeof expected === 'string') expect(actual).toBe(expected);
  else expectTensorsClose(actual as tf.Tensor, expected);
});

test('an empty batch is left to tfjs, which refuses it or not by the processor', () => {
  const layer = makeLayer([0, 6, 6, 2], {});
  const run = () => {
    try {
      return (layer.apply(tf.zeros([0, 6, 6, 2])) as tf.Tensor).shape;
    } catch (error) {
      return (error as Error).message;
    }
  };
  const stock = onStockKernels(run);
  let ours: unknown;
  expect(nativeOps(() => (ours = run()))).not.toContain(OP);
  expect(ours).toEqual(stock);
});

test('a convolution of a single weight leaves depthwise ones of a single weight as they are', () => {
  const one = tf.ones<tf.Rank.R4>([1, 1, 1, 1]);
  for (const size of [1, 8]) {
    const x = tf.fill<tf.Rank.R4>([4, size, size, 1], 3);
    const sum = tf.fused.conv2d({ x, filter: one, strides: 1, pad: 'same', bias: tf.ones([1]) });
    expect(new Set(sum.dataSync())).toEqual(new Set([4]));
    expect(new Set(tf.depthwiseConv2d(x, one, 1, 'same').dataSync())).toEqual(new Set([3]));
  }
});

test('a convolution keeps no tensor', () => {
  const layer = makeLayer([2, 8, 8, 3], { activation: 'relu' });
  const x = normal([2, 8, 8, 3], 1);
  const run = () => {
    tf.dispose(trainLayer(layer, x));
    tf.dispose(layer.apply(x) as tf.Tensor);
  };
  run();
  const before = [tf.memory().numTensors, nativeTensors()];
  run();
  expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
});
