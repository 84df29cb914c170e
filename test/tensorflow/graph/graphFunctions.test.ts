import type { GraphFunction, GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { GraphError, GraphSession } from '../../../src/tensorflow/graph/graphSession';
import { attribute, type NativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';
import { nativeTensors } from '../../support/nativeOps';

const backend = tf.backend() as NativeBackend;
const { binding } = backend;
const { float, type } = attribute;
const floats = (name: string) => ({
  name,
  type: binding.TF_ATTR_TYPE,
  value: [binding.TF_FLOAT],
});

/** A function of one number. */
const unary = (name: string, op: string): GraphFunction => ({
  name,
  inputs: [['x', binding.TF_FLOAT]],
  outputs: [['y', binding.TF_FLOAT, 'result:y:0']],
  nodes: [{ name: 'result', op, inputs: ['x'], attributes: [float('T')] }],
});

/** Calls one of two functions by its place. */
const nodes: GraphNode[] = [
  {
    name: 'place',
    op: 'Placeholder',
    inputs: [],
    attributes: [
      type('dtype', binding.TF_INT32),
      { ...float('shape'), type: binding.TF_ATTR_SHAPE, value: [] },
    ],
  },
  {
    name: 'three',
    op: 'Const',
    inputs: [],
    attributes: [],
    constant: { dtype: binding.TF_FLOAT, shape: [], values: Float32Array.of(3) },
  },
  {
    name: 'chosen',
    op: 'StatelessCase',
    inputs: ['place', 'three'],
    attributes: [
      floats('Tin'),
      floats('Tout'),
      { name: 'branches', functions: ['negative', 'square'] },
      { name: 'output_shapes', shapes: [undefined] },
    ],
    device: '/device:CPU:0',
  },
];

test('a graph calls its functions, and leaves no tensors', () => {
  const before = nativeTensors();
  const session = new GraphSession(nodes, [unary('negative', 'Neg'), unary('square', 'Square')]);
  const results = [0, 1].map((place) => {
    const feed = binding.createTensor([], binding.TF_INT32, Int32Array.of(place));
    const [result] = session.run([['place', feed]], ['chosen']);
    const [value] = binding.tensorDataSync(result!.id) as Float32Array;
    for (const id of [feed, result!.id]) binding.deleteTensor(id);
    return value;
  });
  session.close();
  expect(results).toEqual([-3, 9]);
  expect(nativeTensors()).toBe(before);
});

test('a graph that calls a function that is not there is refused', () => {
  expect(() => new GraphSession(nodes, [unary('negative', 'Neg')]).run([], ['chosen'])).toThrow(
    GraphError,
  );
});
