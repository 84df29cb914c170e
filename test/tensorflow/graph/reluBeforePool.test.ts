import type { GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { GraphBuilder } from '../../../src/tensorflow/graph/graphBuilder';
import { GraphSession } from '../../../src/tensorflow/graph/graphSession';
import { reluBeforePool } from '../../../src/tensorflow/graph/reluBeforePool';
import { nativeBackend, opAttributes } from '../../../src/tensorflow/nativeBackend';
import { createTensor, tensorId } from '../../../src/tensorflow/tensorId';
import { tf } from '../../../src/tensorflow/tf';

const backend = nativeBackend()!;
const attribute = opAttributes(backend);

/** The gradient of relu and a pooling of 3 by 3 that moves by 2, so that windows overlap. */
function makeNodes(padding: 'SAME' | 'VALID', pooled: number[]): GraphNode[] {
  const graph = new GraphBuilder(backend);
  const window = [
    attribute.ints('ksize', [1, 3, 3, 1]),
    attribute.ints('strides', [1, 2, 2, 1]),
    attribute.string('padding', padding),
    attribute.string('data_format', 'NHWC'),
  ];
  graph.placeholder('x', [2, 9, 8, 3]);
  graph.placeholder('dy', pooled);
  graph.op('relu', 'Relu', ['x']);
  graph.op('pool', 'MaxPool', ['relu'], window);
  graph.op('poolGrad', 'MaxPoolGrad', ['relu', 'pool', 'dy'], window);
  graph.op('reluGrad', 'ReluGrad', ['poolGrad', 'relu']);
  graph.op('dx', 'Identity', ['reluGrad']);
  return graph.nodes;
}

it.each([
  ['SAME', [2, 5, 4, 3]],
  ['VALID', [2, 4, 3, 3]],
] as const)('gives the same gradient, to the last bit, with padding %s', (padding, pooled) => {
  const nodes = makeNodes(padding, [...pooled]);
  const swapped = reluBeforePool(nodes);
  expect(swapped.find(({ name }) => name === 'reluGrad')?.op).toBe('MaxPoolGrad');
  tf.tidy(() => {
    // Whole numbers, so that maxima occur twice, and windows without a number above 0.
    const x = tf.randomUniform([2, 9, 8, 3], -4, 2, 'int32', 1).toFloat();
    const dy = tf.randomNormal([...pooled], 0, 1, 'float32', 2);
    const [before, after] = [nodes, swapped].map((each) => {
      const session = new GraphSession(backend, each);
      const feeds: Array<[string, number]> = [
        ['x', tensorId(backend, x)],
        ['dy', tensorId(backend, dy)],
      ];
      const dx = createTensor(backend, session.run(feeds, ['dx'])[0]!);
      session.close();
      return Array.from(dx.dataSync(), (value) => value + 0); // -0 is 0
    });
    expect(before!.some((value) => value !== 0)).toBe(true);
    expect(after).toEqual(before);
  });
});

it('leaves a gradient of the pooling that others use as well', () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]);
  const other: GraphNode = { name: 'other', op: 'Neg', inputs: ['poolGrad'], attributes: [] };
  expect(reluBeforePool([...nodes, other])).toEqual([...nodes, other]);
});

it('leaves the relu of another map', () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]).map((node) =>
    node.name === 'reluGrad' ? { ...node, inputs: ['poolGrad', 'x'] } : node,
  );
  expect(reluBeforePool(nodes)).toEqual(nodes);
});
