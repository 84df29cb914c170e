import { outputShapes } from '../../../src/tensorflow/graph/outputShapes';
import { nativeBackend, type NativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';

type Binding = NativeBackend['binding'];

interface Checked {
  op: string;
  foretold: number[][];
  shapes: number[][];
}

/** Runs `run`, and for each op whose shapes are foretold notes them beside those that came. */
function watch(run: () => void): Checked[] {
  const backend = nativeBackend()!;
  const { binding } = backend;
  const known = new Map<number, { shape: number[]; values: () => number[] }>();
  const checked: Checked[] = [];
  const note = (id: number, shape: number[], dtype: number) => {
    const values = () => (dtype === binding.TF_INT32 ? Array.from(binding.tensorDataSync(id)) : []);
    known.set(id, { shape, values });
  };
  const createTensor: Binding['createTensor'] = (shape, dtype, values) => {
    const id = binding.createTensor(shape, dtype, values);
    note(id, shape, dtype);
    return id;
  };
  const executeOp: Binding['executeOp'] = (op, attributes, ids, count) => {
    const inputs = ids.map((id) => known.get(id)!);
    const sizes = inputs.map(({ values }) => values());
    const shapes = inputs.map(({ shape }) => shape);
    const outputs = binding.executeOp(op, attributes, ids, count);
    const foretold = outputShapes({ op, attributes, shapes, sizes });
    if (foretold) {
      // Of oneDNN's second result, its workspace, nobody needs the shape.
      checked.push({
        op,
        foretold: foretold.slice(0, 1),
        shapes: outputs.slice(0, 1).map(({ shape }) => shape),
      });
    }
    for (const { id, shape, dtype } of outputs) note(id, shape, dtype);
    return outputs;
  };
  backend.binding = Object.create(binding, {
    executeOp: { value: executeOp },
    createTensor: { value: createTensor },
  }) as Binding;
  try {
    tf.tidy(run);
  } finally {
    backend.binding = binding;
  }
  return checked;
}

/** The gradients of a sum with respect to all arguments. */
function gradients(f: (...xs: tf.Tensor[]) => tf.Tensor, xs: tf.Tensor[]): void {
  tf.grads((...args: tf.Tensor[]) => f(...args).sum())(xs);
}

const paddings = ['same', 'valid'] as const;
const maps: Array<[height: number, width: number]> = [
  [7, 8],
  [10, 5],
];

describe.each(paddings)('with padding %s', (pad) => {
  test.each([1, 2, 3])('foretells windows that move by %i', (stride) => {
    for (const [height, width] of maps) {
      const checked = watch(() => {
        const x = tf.randomUniform<tf.Rank.R4>([2, height, width, 3]);
        for (const size of [1, 2, 3]) {
          const filter = tf.randomUniform<tf.Rank.R4>([size, 3, 3, 4]);
          const depthwise = tf.randomUniform<tf.Rank.R4>([size, size, 3, 2]);
          const conv = (a: tf.Tensor, b: tf.Tensor) =>
            tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
          const byChannel = (a: tf.Tensor, b: tf.Tensor) =>
            tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, stride, pad);
          gradients(conv, [x, filter]);
          gradients(byChannel, [x, depthwise]);
          gradients((a) => tf.maxPool(a as tf.Tensor4D, size, stride, pad), [x]);
          gradients((a) => tf.avgPool(a as tf.Tensor4D, size, stride, pad), [x]);
        }
        if (stride === 1) {
          const filter = tf.ones<tf.Rank.R4>([2, 2, 3, 4]);
          tf.conv2d(x, filter, 1, pad, 'NHWC', 2);
        }
      });
      expect(new Set(checked.map(({ op }) => op))).toEqual(
        new Set([
          'Conv2D',
          'Conv2DBackpropFilter',
          'Conv2DBackpropInput',
          'DepthwiseConv2dNative',
          'DepthwiseConv2dNativeBackpropFilter',
          'DepthwiseConv2dNativeBackpropInput',
          '_MklNativeMaxPool',
          '_MklNativeMaxPoolGrad',
          'AvgPool',
          'AvgPoolGrad',
          'Mul', // the gradient of the sum
        ]),
      );
      for (const { op, foretold, shapes } of checked) expect([op, foretold]).toEqual([op, shapes]);
    }
  });
});

test('foretells activations, sums with broadcasting, biases and products', () => {
  const checked = watch(() => {
    const x = tf.randomUniform([4, 6]);
    const w = tf.randomUniform([6, 5]);
    const bias = tf.randomUniform([5]);
    gradients((a, b, c) => a.matMul(b).add(c).relu(), [x, w, bias]);
    tf.matMul(x, w.transpose(), false, true);
    tf.matMul(x.transpose(), w, true);
    tf.matMul(tf.ones([3, 4, 6]), tf.ones([3, 6, 2]));
    x.add(tf.ones([4, 1]))
      .mul(2)
      .sub(tf.ones([1, 6]))
      .div(x)
      .maximum(0);
    x.elu().sigmoid().tanh().exp().log().neg().square().sqrt().relu6();
  });
  expect(checked.length).toBeGreaterThan(20);
  for (const { op, foretold, shapes } of checked) expect([op, foretold]).toEqual([op, shapes]);
});

test('foretells nothing for an op or a case that it does not know', () => {
  const call = {
    attributes: [],
    shapes: [
      [2, 2, 2, 1],
      [1, 1, 1, 1],
    ],
    sizes: [],
  };
  expect(outputShapes({ ...call, op: 'Sum' })).toBeUndefined();
  expect(outputShapes({ ...call, op: 'Conv2D' })).toBeUndefined(); // in no known data format
  expect(outputShapes({ ...call, op: 'Conv2DBackpropInput' })).toBeUndefined(); // of no known size
});
