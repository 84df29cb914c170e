import { biasBeforePool } from '../../../src/tensorflow/graph/biasBeforePool';
import { GraphBuilder } from '../../../src/tensorflow/graph/graphBuilder';
import type { GraphNode } from '../../../src/tensorflow/graph/graphNode';
import { GraphSession } from '../../../src/tensorflow/graph/graphSession';
import { nativeBackend, opAttributes } from '../../../src/tensorflow/nativeBackend';
import { createTensor, tensorId } from '../../../src/tensorflow/tensorId';
import { tf } from '../../../src/tensorflow/tf';

const backend = nativeBackend()!;
const attribute = opAttributes(backend);
const { TF_INT32 } = backend.binding;

/** The gradient of a bias before a pooling of 3 by 3 that moves by 2, so that windows overlap. */
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
  graph.op('pool', 'MaxPool', ['x'], window);
  graph.op('map', 'MaxPoolGrad', ['x', 'pool', 'dy'], window);
  const constant = { dtype: TF_INT32, shape: [2], values: Int32Array.of(-1, 3) };
  const shape: GraphNode = { name: 'shape', op: 'Const', inputs: [], attributes: [], constant };
  graph.op('rows', 'Reshape', ['map', 'shape'], [attribute.type('Tshape', TF_INT32)]);
  graph.op('bias', 'BiasAddGrad', ['rows'], [attribute.string('data_format', 'NHWC')]);
  graph.op('flat', 'Reshape', ['map', 'shape'], [attribute.type('Tshape', TF_INT32)]);
  return [...graph.nodes, shape];
}

it.each([
  ['SAME', [2, 5, 4, 3]],
  ['VALID', [2, 4, 3, 3]],
] as const)('gives the same gradient of the bias, with padding %s', (padding, pooled) => {
  const nodes = makeNodes(padding, [...pooled]);
  const shorter = biasBeforePool(nodes);
  expect(shorter.find(({ name }) => name === 'rows')?.inputs).toEqual(['dy', 'shape']);
  tf.tidy(() => {
    // Whole numbers, so that maxima occur twice, and all sums are exact.
    const x = tf.randomUniform([2, 9, 8, 3], -4, 2, 'int32', 1).toFloat();
    const dy = tf.randomUniform([...pooled], -9, 9, 'int32', 2).toFloat();
    const [before, after] = [nodes, shorter].map((each) => {
      const session = new GraphSession(backend, each);
      const feeds: Array<[string, number]> = [
        ['x', tensorId(backend, x)],
        ['dy', tensorId(backend, dy)],
      ];
      const bias = createTensor(backend, session.run(feeds, ['bias'])[0]!);
      session.close();
      return Array.from(bias.dataSync());
    });
    expect(before).toHaveLength(3);
    expect(after).toEqual(before);
  });
});

it('changes nothing but what a bias is summed from', () => {
  const nodes = makeNodes('SAME', [2, 5, 4, 3]);
  const changed = biasBeforePool(nodes).filter((node, i) => node !== nodes[i]);
  expect(changed.map(({ name }) => name)).toEqual(['rows']);
});
