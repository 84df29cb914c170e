import type { GraphNode } from './graphNode';

/**
 * Takes the gradient of a bias from the pooled map instead of the map before it, which is some four times larger: a pooling's
 * gradient puts each number of the pooled map to one pixel, and zeros elsewhere, so both maps have the same sums. So
 * BiasAddGrad(Reshape(MaxPoolGrad(x, p, dp))) is BiasAddGrad(Reshape(dp)), but for the order in which is added.
 *
 * @param nodes of one run, after {@link graphOps} and {@link reluBeforePool}
 * @returns as many nodes with the same names
 */
export function biasBeforePool(nodes: GraphNode[]): GraphNode[] {
  const pooledGradients = new Map(
    nodes.filter(({ op }) => op === 'MaxPoolGrad').map(({ name, inputs }) => [name, inputs[2]!]),
  );
  const summed = new Set(
    nodes.filter(({ op }) => op === 'BiasAddGrad').flatMap(({ inputs }) => inputs),
  );
  return nodes.map((node) => {
    const [map, shape] = node.inputs;
    const pooled = node.op === 'Reshape' && summed.has(node.name) && pooledGradients.get(map!);
    return pooled ? { ...node, inputs: [pooled, shape!] } : node;
  });
}
