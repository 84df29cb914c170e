import type { GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { poolingWorkspace } from '../../../src/tensorflow/graph/poolingWorkspace';
import { nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';
import { paddings, poolingGraph, valuesOf } from '../../support/poolingGradient';

const backend = nativeBackend()!;
const mapShape = [2, 9, 8, 3];

/** The gradient of a pooling of "x". */
function makeNodes(padding: 'SAME' | 'VALID', pooled: readonly number[]): GraphNode[] {
  const { graph, window } = poolingGraph(padding, pooled);
  graph.op('pool', 'MaxPool', ['x'], window);
  graph.op('dx', 'MaxPoolGrad', ['x', 'pool', 'dy'], window);
  return graph.nodes;
}

/** As it is written down where oneDNN's op can be used. */
function makeOneDnnNodes(padding: 'SAME' | 'VALID', pooled: readonly number[]): GraphNode[] {
  const nodes = makeNodes(padding, pooled);
  return nodes.map((node) => (node.name === 'dx' ? { ...node, mapShape } : node));
}

test.each(paddings)(
  'gives the same gradient, to the last bit, without the values of the map, with padding %s',
  (padding, pooled) => {
    const nodes = makeOneDnnNodes(padding, pooled);
    const { nodes: changed, blanks } = poolingWorkspace(nodes);
    expect([...blanks]).toEqual([['dx/map', mapShape]]);
    const gradient = changed.find(({ name }) => name === 'dx')!;
    expect(gradient.inputs).toEqual(['dx/map', 'pool', 'dy', 'pool:1']);
    const unread = changed.map((node): GraphNode => {
      if (node.name !== 'dx/map') return node;
      const values = new Float32Array(tf.util.sizeFromShape(mapShape)).fill(NaN);
      const constant = { dtype: backend.binding.TF_FLOAT, shape: mapShape, values };
      return { name: node.name, op: 'Const', inputs: [], attributes: [], constant };
    });
    // Whole numbers, whose sum is the same in each order: where windows overlap the threads add in their own.
    const dy = () => tf.tidy(() => tf.randomUniform([...pooled], -9, 10, 'int32', 2).toFloat());
    const before = valuesOf(nodes, 'dx', dy);
    expect(before.some((value) => value !== 0)).toBe(true);
    expect(valuesOf(unread, 'dx', dy)).toEqual(before);
  },
);

test('leaves a pooling whose gradient is not taken', () => {
  const nodes = makeOneDnnNodes('SAME', [2, 5, 4, 3]).filter(({ name }) => name !== 'dx');
  expect(poolingWorkspace(nodes)).toEqual({ nodes, blanks: new Map() });
});

test('leaves the gradient of a pooling of another map', () => {
  const nodes = makeOneDnnNodes('SAME', [2, 5, 4, 3]).map((node) =>
    node.name === 'dx' ? { ...node, inputs: ['other', 'pool', 'dy'] } : node,
  );
  expect(poolingWorkspace(nodes)).toEqual({ nodes, blanks: new Map() });
});

test("leaves TensorFlow's own gradient, where oneDNN has none", () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]);
  expect(poolingWorkspace(nodes)).toEqual({ nodes, blanks: new Map() });
});
