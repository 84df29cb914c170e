import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';
import { runAsGraph } from '../../support/runAsGraph';
import { expectTensorsClose } from '../../support/stockKernels';

type Run = (inputs: tf.Tensor[]) => tf.Tensor[];

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

const gradientOf = (run: (x: tf.Tensor) => tf.Tensor) => (inputs: tf.Tensor[]) => [
  tf.grad((x) => run(x).square().sum())(inputs[0]!),
];

function conv2d(padding: 'same' | 'valid', strides: number): Run {
  return ([x, filter, bias]) => {
    const layer = tf.layers.conv2d({
      filters: 4,
      kernelSize: 3,
      padding,
      strides,
      kernelInitializer: 'zeros',
    });
    layer.build([null, ...x!.shape.slice(1)]);
    layer.setWeights([filter!, bias!]);
    // Inside of a gradient, where the layer adds its bias by oneDNN's op.
    const { value, grad } = tf.valueAndGrad((input) => (layer.apply(input) as tf.Tensor).sum())(x!);
    tf.dispose(layer.getWeights());
    return [value, grad];
  };
}

/** What is run, on inputs of which shapes, and the ops that shall and shall not stand in the graph. */
interface Case {
  name: string;
  shapes: number[][];
  run: Run;
  has: string[];
  hasNot: string[];
}

const pooling = (['same', 'valid'] as const).flatMap((pad): Case[] => [
  {
    name: `max-pooling, ${pad}`,
    shapes: [[2, 7, 6, 3]],
    run: ([x]) => [tf.maxPool(x as tf.Tensor4D, 2, 2, pad)],
    has: ['MaxPool'],
    hasNot: ['_MklNativeMaxPool'],
  },
  {
    name: `the gradient of overlapping max-pooling, ${pad}`,
    shapes: [[2, 7, 6, 3]],
    run: gradientOf((x) => tf.maxPool(x as tf.Tensor4D, 3, 2, pad)),
    has: ['_MklNativeMaxPool', '_MklNativeMaxPoolGrad'],
    hasNot: ['MaxPoolGrad'],
  },
]);

// The first pooling of a process runs an op to ask whether TensorFlow has it, which a recording would hold too.
beforeAll(
  () => void tf.tidy(() => void tf.maxPool(tf.zeros<tf.Rank.R4>([1, 2, 2, 1]), 2, 2, 'same')),
);

const cases: Case[] = [
  ...pooling,
  ...(['same', 'valid'] as const).flatMap((padding) =>
    [1, 2].map((strides): Case => ({
      name: `a convolution with bias and its gradient, ${padding}, strides ${strides}`,
      shapes: [[2, 8, 7, 3], [3, 3, 3, 4], [4]],
      run: conv2d(padding, strides),
      has: ['Conv2D', 'BiasAdd', 'Conv2DBackpropInput'],
      hasNot: ['_MklNativeConv2DWithBias'],
    })),
  ),
  ...[
    [5, 3],
    [2, 4, 3],
    [2, 4, 5, 3],
  ].map((shape): Case => ({
    name: `a bias on [${shape}]`,
    shapes: [shape, [3]],
    run: ([x, bias]) => [x!.add(bias!)],
    has: ['BiasAdd'],
    hasNot: ['Add'],
  })),
  {
    name: 'the gradient of a bias, apart from that of the filter',
    shapes: [[2, 4, 5, 3], [3]],
    run: ([x, bias]) => [tf.grad((b) => x!.add(b).mul(x!).sum())(bias!)],
    has: ['Reshape', 'BiasAddGrad'],
    hasNot: [],
  },
  ...[
    [[3], [3]],
    [[3], [5, 3]],
    [
      [5, 3],
      [5, 3],
    ],
    [[5, 3], [1]],
    [[5, 1], [3]],
    [[5, 3], []],
  ].map((shapes): Case => ({
    name: `a sum of [${shapes[0]}] and [${shapes[1]}], which is no bias`,
    shapes,
    run: ([a, b]) => [a!.add(b!)],
    has: ['Add'],
    hasNot: ['BiasAdd'],
  })),
  ...[
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ].map(([a, b]): Case => ({
    name: `a product of matrices, transposed: ${a}, ${b}`,
    shapes: [a ? [4, 3] : [3, 4], b ? [5, 4] : [4, 5]],
    run: ([x, y]) => [tf.matMul(x!, y!, a, b)],
    has: ['MatMul'],
    hasNot: ['BatchMatMulV2'],
  })),
  {
    name: 'a product of several matrices at once',
    shapes: [
      [2, 3, 4],
      [2, 4, 5],
    ],
    run: ([x, y]) => [tf.matMul(x!, y!)],
    has: ['BatchMatMulV2'],
    hasNot: ['MatMul'],
  },
];

test.each(cases.map((one) => [one.name, one] as const))(
  '%s: the graph has the ops that TensorFlow fuses, and computes the same',
  (_, { shapes, run, has, hasNot }) => {
    const before = [tf.memory().numTensors, nativeTensors()];
    const inputs = shapes.map((shape, i) => normal(shape, i + 1));
    const { ops, graph, eager } = runAsGraph(inputs, run);
    expect(ops).toEqual(expect.arrayContaining(has));
    for (const op of hasNot) expect(ops).not.toContain(op);
    expect(graph.length).toBe(eager.length);
    graph.forEach((tensor, i) => expectTensorsClose(tensor, eager[i]!));
    tf.dispose([inputs, graph, eager]);
    expect([tf.memory().numTensors, nativeTensors()]).toEqual(before);
  },
);
