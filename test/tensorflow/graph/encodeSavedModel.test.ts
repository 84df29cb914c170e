import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeSavedModel } from '../../../src/tensorflow/graph/encodeSavedModel';
import type { GraphConstant, GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { nativeBackend, type OpAttribute } from '../../../src/tensorflow/native/nativeBackend';
import { runPython } from '../../support/keras';

const backend = nativeBackend()!;
const { binding } = backend;

const attribute = (name: string, type: number, value: unknown): OpAttribute => ({
  name,
  type,
  value: value as number,
});

const attributes = [
  attribute('padding', binding.TF_ATTR_STRING, 'SAME'),
  attribute('N', binding.TF_ATTR_INT, -3),
  attribute('strides', binding.TF_ATTR_INT, [1, 2, 2, 1]),
  attribute('epsilon', binding.TF_ATTR_FLOAT, 0.25),
  attribute('scales', binding.TF_ATTR_FLOAT, [0.5, -1]),
  attribute('keep_dims', binding.TF_ATTR_BOOL, true),
  attribute('flags', binding.TF_ATTR_BOOL, [true, false]),
  attribute('T', binding.TF_ATTR_TYPE, binding.TF_FLOAT),
  attribute('Tout', binding.TF_ATTR_TYPE, [binding.TF_INT32, binding.TF_BOOL]),
  attribute('shape', binding.TF_ATTR_SHAPE, [2, 0, 3]),
  attribute('scalar', binding.TF_ATTR_SHAPE, []),
];

const constants: Record<string, GraphConstant> = {
  floats: { dtype: 1, shape: [2, 2], values: Float32Array.of(1.5, -2, NaN, Infinity) },
  ones: { dtype: 1, shape: [2, 3], values: new Float32Array(6).fill(1) },
  zeros: { dtype: 1, shape: [2], values: Float32Array.of(0, -0) },
  ints: { dtype: 3, shape: [3], values: Int32Array.of(1, -(2 ** 31), 2 ** 31 - 1) },
  sevens: { dtype: 3, shape: [4], values: new Int32Array(4).fill(7) },
  bools: { dtype: 10, shape: [3], values: Uint8Array.of(1, 0, 1) },
  trues: { dtype: 10, shape: [2], values: Uint8Array.of(1, 1) },
  scalar: { dtype: 1, shape: [], values: Float32Array.of(4) },
  empty: { dtype: 1, shape: [0, 5], values: new Float32Array(0) },
  // A part of a larger memory.
  part: { dtype: 1, shape: [2], values: Float32Array.of(9, 8, 7, 6).subarray(1, 3) },
};

const nodes: GraphNode[] = [
  ...Object.entries(constants).map(([name, constant]) => ({
    name,
    op: 'Const',
    inputs: [],
    attributes: [],
    constant,
  })),
  { name: 'a/b_1', op: 'SomeOp', inputs: ['floats', 'ints:1', '^ones'], attributes },
];

const DECODE = `
import json, sys
import tensorflow as tf
from google.protobuf import text_format
from tensorflow.core.protobuf import saved_model_pb2
model = text_format.Parse(open(sys.argv[1]).read(), saved_model_pb2.SavedModel())
[meta] = model.meta_graphs
def plain(value):
    kind = value.WhichOneof('value')
    v = getattr(value, kind)
    if kind == 's': return v.decode()
    if kind == 'shape': return [d.size for d in v.dim]
    if kind == 'list': return list(next(l for l in (v.i, v.f, v.b, v.type) if l))
    return v
def constant(node):
    array = tf.make_ndarray(node.attr['value'].tensor)
    return [str(array.dtype), node.attr['dtype'].type, list(array.shape), [str(v) for v in array.ravel()]]
nodes = meta.graph_def.node
print(json.dumps({
    'schema': model.saved_model_schema_version,
    'tags': list(meta.meta_info_def.tags),
    'constants': {n.name: constant(n) for n in nodes if n.op == 'Const'},
    'others': [[n.name, n.op, list(n.input), {k: plain(v) for k, v in n.attr.items()}] for n in nodes if n.op != 'Const'],
}))
`;

test('encodeSavedModel() writes what TensorFlow reads: tags, nodes, attributes of every kind, constants', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'encode-'));
  try {
    const file = path.join(folder, 'saved_model.pbtxt');
    fs.writeFileSync(file, encodeSavedModel(nodes));
    expect(await runPython(DECODE, [file])).toEqual({
      schema: 1,
      tags: ['serve'],
      constants: {
        floats: ['float32', 1, [2, 2], ['1.5', '-2.0', 'nan', 'inf']],
        ones: ['float32', 1, [2, 3], ['1.0', '1.0', '1.0', '1.0', '1.0', '1.0']],
        zeros: ['float32', 1, [2], ['0.0', '-0.0']],
        ints: ['int32', 3, [3], ['1', '-2147483648', '2147483647']],
        sevens: ['int32', 3, [4], ['7', '7', '7', '7']],
        bools: ['bool', 10, [3], ['True', 'False', 'True']],
        trues: ['bool', 10, [2], ['True', 'True']],
        scalar: ['float32', 1, [], ['4.0']],
        empty: ['float32', 1, [0, 5], []],
        part: ['float32', 1, [2], ['8.0', '7.0']],
      },
      others: [
        [
          'a/b_1',
          'SomeOp',
          ['floats', 'ints:1', '^ones'],
          {
            padding: 'SAME',
            N: -3,
            strides: [1, 2, 2, 1],
            epsilon: 0.25,
            scales: [0.5, -1],
            keep_dims: true,
            flags: [true, false],
            T: 1, // DT_FLOAT
            Tout: [3, 10], // DT_INT32, DT_BOOL
            shape: [2, 0, 3],
            scalar: [],
          },
        ],
      ],
    });
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

test('encodeSavedModel() writes many equal numbers as one', () => {
  const size = (values: Float32Array) => {
    const constant = { dtype: 1, shape: [1000], values };
    const node = { name: 'x', op: 'Const', inputs: [], attributes: [], constant };
    return encodeSavedModel([node]).length - encodeSavedModel([]).length;
  };
  const ones = new Float32Array(1000).fill(1);
  expect(size(ones)).toBeLessThan(200);
  expect(size(Float32Array.from(ones, (one, i) => (i === 999 ? 2 : one)))).toBeGreaterThan(4000);
});

test('encodeSavedModel() throws for an attribute of an unknown kind', () => {
  const node = { name: 'x', op: 'If', inputs: [], attributes: [attribute('then_branch', 99, 'f')] };
  expect(() => encodeSavedModel([node])).toThrow(
    new TypeError(
      'Cannot write the op If in a graph: its attribute then_branch has the unknown kind 99',
    ),
  );
});
