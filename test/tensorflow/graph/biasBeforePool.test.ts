import { biasBeforePool } from '../../../src/tensorflow/graph/biasBeforePool';
import type { GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { attribute, nativeBackend } from '../../../src/tensorflow/native/nativeBackend';
import { tf } from '../../../src/tensorflow/tf';
import { paddings, poolingGraph, valuesOf } from '../../support/poolingGradient';

const backend = nativeBackend()!;
const { TF_INT32 } = backend.binding;

/** The gradient of a bias before a pooling, and beside it the same rows for another use. */
function makeNodes(padding: 'SAME' | 'VALID', pooled: readonly number[]): GraphNode[] {
  const { graph, window } = poolingGraph(padding, pooled);
  graph.op('pool', 'MaxPool', ['x'], window);
  graph.op('map', 'MaxPoolGrad', ['x', 'pool', 'dy'], window);
  const constant = { dtype: TF_INT32, shape: [2], values: Int32Array.of(-1, 3) };
  const shape: GraphNode = { name: 'shape', op: 'Const', inputs: [], attributes: [], constant };
  graph.op('rows', 'Reshape', ['map', 'shape'], [attribute.type('Tshape', TF_INT32)]);
  graph.op('bias', 'BiasAddGrad', ['rows'], [attribute.string('data_format', 'NHWC')]);
  graph.op('flat', 'Reshape', ['map', 'shape'], [attribute.type('Tshape', TF_INT32)]);
  return [...graph.nodes, shape];
}

test.each(paddings)('gives the same gradient of the bias, with padding %s', (padding, pooled) => {
  const nodes = makeNodes(padding, pooled);
  const shorter = biasBeforePool(nodes);
  expect(shorter.find(({ name }) => name === 'rows')?.inputs).toEqual(['dy', 'shape']);
  // Whole numbers, so that all sums are exact.
  const whole = () => tf.randomUniform([...pooled], -9, 9, 'int32', 2).toFloat();
  const before = valuesOf(nodes, 'bias', whole);
  expect(before).toHaveLength(3);
  expect(valuesOf(shorter, 'bias', whole)).toEqual(before);
});

test('changes nothing but what a bias is summed from', () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]);
  const changed = biasBeforePool(nodes).filter((node, i) => node !== nodes[i]);
  expect(changed.map(({ name }) => name)).toEqual(['rows']);
});
