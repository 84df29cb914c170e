import type { GraphNode } from '../../src/tensorflow/graph/graphNode';
import { GraphSession } from '../../src/tensorflow/graph/graphSession';
import { traceModel } from '../../src/tensorflow/graph/traceModel';
import { createTensor, tensorId } from '../../src/tensorflow/native/tensorId';
import { tf } from '../../src/tensorflow/tf';

/**
 * What a function of tensors gives op by op and as a graph; the caller disposes both. What nobody should read is NaN, so that
 * whoever does is seen.
 */
export function runAsGraph(
  inputs: tf.Tensor[],
  run: (inputs: tf.Tensor[]) => tf.Tensor[],
): { ops: string[]; nodes: GraphNode[]; graph: tf.Tensor[]; eager: tf.Tensor[] } {
  const { nodes, outputs, blanks } = traceModel('run', inputs, new Map(), (copies) => ({
    outputs: run(copies),
  }));
  const session = new GraphSession(nodes);
  try {
    const feeds = inputs.map((input, i): [string, number] => [`run/input${i}`, tensorId(input)]);
    const unread = [...blanks].map(([name, shape]) => ({ name, x: tf.fill(shape, NaN) }));
    for (const { name, x } of unread) feeds.push([name, tensorId(x)]);
    const graph = session.run(feeds, outputs).map((result) => createTensor(result));
    tf.dispose(unread.map(({ x }) => x));
    const ops = nodes.map(({ op }) => op);
    return { ops, nodes, graph, eager: tf.tidy(() => run(inputs)) };
  } finally {
    session.close();
  }
}
