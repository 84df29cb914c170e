import { attribute } from '../native/nativeBackend';
import { oneDnnLabel } from '../kernels/oneDnn';
import { GraphBuilder } from './graphBuilder';
import type { GraphNode } from './graphNode';

/** Nodes, and placeholders among them whose values nobody reads, with the shapes that they must have. */
export interface WithBlanks {
  nodes: GraphNode[];
  blanks: Map<string, number[]>;
}

/**
 * Lets the map before a max-pooling be freed once it is pooled. TensorFlow's gradient of the pooling holds it, the largest
 * of a network, through the backward pass. oneDNN's op remembers in a workspace of its own where each maximum was, and
 * looks at the map for its shape alone: a tensor of that shape, which is never written to and so takes no memory, does too.
 *
 * @param nodes of one run, after {@link graphOps}, which names the shape of the map where oneDNN's op can be used
 * @returns the nodes with the same names, which compute the same to the last bit, and the placeholders that are new
 */
export function poolingWorkspace(nodes: GraphNode[]): WithBlanks {
  const byOneDnn = (node: GraphNode): GraphNode => ({
    ...node,
    op: `_MklNative${node.op}`,
    attributes: [...node.attributes, attribute.bool('workspace_enabled', true), oneDnnLabel()],
  });
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const blanks = new Map<string, number[]>();
  const changed = new Map<string, GraphNode>();
  const placeholders = new GraphBuilder();
  for (const gradient of nodes) {
    const { name, op, mapShape } = gradient;
    const [x, pooled, dy] = gradient.inputs;
    const pool = op === 'MaxPoolGrad' && mapShape ? byName.get(pooled!) : undefined;
    if (pool?.op !== 'MaxPool' || pool.inputs[0] !== x) continue;
    const blank = `${name}/map`;
    blanks.set(blank, mapShape!);
    placeholders.placeholder(blank, mapShape!);
    changed.set(pool.name, byOneDnn(pool));
    changed.set(name, {
      ...byOneDnn(gradient),
      inputs: [blank, pooled!, dy!, `${pooled}:1`],
    });
  }
  return {
    nodes: [...placeholders.nodes, ...nodes.map((node) => changed.get(node.name) ?? node)],
    blanks,
  };
}
