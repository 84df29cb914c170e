import type { GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { reluBeforePool } from '../../../src/tensorflow/graph/reluBeforePool';
import { tf } from '../../../src/tensorflow/tf';
import { paddings, poolingGraph, valuesOf } from '../../support/poolingGradient';

/** The gradient of relu and a pooling. */
function makeNodes(padding: 'SAME' | 'VALID', pooled: readonly number[]): GraphNode[] {
  const { graph, window } = poolingGraph(padding, pooled);
  graph.op('relu', 'Relu', ['x']);
  graph.op('pool', 'MaxPool', ['relu'], window);
  graph.op('poolGrad', 'MaxPoolGrad', ['relu', 'pool', 'dy'], window);
  graph.op('reluGrad', 'ReluGrad', ['poolGrad', 'relu']);
  graph.op('dx', 'Identity', ['reluGrad']);
  return graph.nodes;
}

test.each(paddings)(
  'gives the same gradient, to the last bit, with padding %s',
  (padding, pooled) => {
    const nodes = makeNodes(padding, pooled);
    const swapped = reluBeforePool(nodes);
    expect(swapped.find(({ name }) => name === 'reluGrad')?.op).toBe('MaxPoolGrad');
    const dy = () => tf.randomNormal([...pooled], 0, 1, 'float32', 2);
    const before = valuesOf(nodes, 'dx', dy);
    expect(before.some((value) => value !== 0)).toBe(true);
    expect(valuesOf(swapped, 'dx', dy)).toEqual(before);
  },
);

test('leaves a gradient of the pooling that others use as well', () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]);
  const other: GraphNode = { name: 'other', op: 'Neg', inputs: ['poolGrad'], attributes: [] };
  expect(reluBeforePool([...nodes, other])).toEqual([...nodes, other]);
});

test('leaves the relu of another map', () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]).map((node) =>
    node.name === 'reluGrad' ? { ...node, inputs: ['poolGrad', 'x'] } : node,
  );
  expect(reluBeforePool(nodes)).toEqual(nodes);
});
