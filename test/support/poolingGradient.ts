import { GraphBuilder } from '../../src/tensorflow/graph/graphBuilder';
import type { GraphNode } from '../../src/tensorflow/graph/graphNode';
import { GraphSession } from '../../src/tensorflow/graph/graphSession';
import { attribute } from '../../src/tensorflow/native/nativeBackend';
import { createTensor, tensorId } from '../../src/tensorflow/native/tensorId';
import { tf } from '../../src/tensorflow/tf';

/** Paddings, and the shapes of what is pooled then. */
export const paddings = [
  ['SAME', [2, 5, 4, 3]],
  ['VALID', [2, 4, 3, 3]],
] as const;

/**
 * A graph with placeholders "x" [2, 9, 8, 3] and "dy", the shape of what is pooled.
 *
 * @returns the graph, and the attributes of a pooling of 3 by 3 that moves by 2, so that windows overlap
 */
export function poolingGraph(padding: 'SAME' | 'VALID', pooled: readonly number[]) {
  const graph = new GraphBuilder();
  graph.placeholder('x', [2, 9, 8, 3]);
  graph.placeholder('dy', [...pooled]);
  const window = [
    attribute.ints('ksize', [1, 3, 3, 1]),
    attribute.ints('strides', [1, 2, 2, 1]),
    attribute.string('padding', padding),
    attribute.string('data_format', 'NHWC'),
  ];
  return { graph, window };
}

/**
 * The numbers of a node, with whole numbers for "x": maxima occur twice, and there are windows without a number above 0.
 *
 * @param makeDy makes the values of "dy"
 */
export function valuesOf(nodes: GraphNode[], node: string, makeDy: () => tf.Tensor): number[] {
  return tf.tidy(() => {
    const x = tf.randomUniform([2, 9, 8, 3], -4, 2, 'int32', 1).toFloat();
    const session = new GraphSession(nodes);
    const feeds: Array<[string, number]> = [
      ['x', tensorId(x)],
      ['dy', tensorId(makeDy())],
    ];
    const result = createTensor(session.run(feeds, [node])[0]!);
    session.close();
    return Array.from(result.dataSync(), (value) => value + 0); // -0 is 0
  });
}
