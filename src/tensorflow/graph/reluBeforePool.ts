import type { GraphNode } from './graphNode';

/**
 * Takes the gradient of relu over the pooled map instead of the map before it, which is some four times larger: where a
 * window's maximum is not above 0, relu blocks its gradient, and elsewhere it lets the gradient of the maximum through.
 * So ReluGrad(MaxPoolGrad(r, p, dp), r) is MaxPoolGrad(r, p, ReluGrad(dp, p)), to the last bit but for the
 * sign of zeros.
 *
 * @param nodes of one run
 * @returns as many nodes with the same names, of which those that others use compute the same
 */
export function reluBeforePool(nodes: GraphNode[]): GraphNode[] {
  const poolGradients = new Map(
    nodes.filter(({ op }) => op === 'MaxPoolGrad').map((node) => [node.name, node]),
  );
  const uses = new Map<string, number>();
  for (const input of nodes.flatMap(({ inputs }) => inputs)) {
    uses.set(input, (uses.get(input) ?? 0) + 1);
  }
  const swapped = new Map<string, GraphNode>();
  for (const relu of nodes) {
    const [dy, map] = relu.inputs;
    const pool = relu.op === 'ReluGrad' ? poolGradients.get(dy!) : undefined;
    if (!pool || pool.inputs[0] !== map || uses.get(pool.name) !== 1) continue;
    const [x, pooled, dPooled] = pool.inputs as [string, string, string];
    swapped.set(pool.name, { ...relu, name: pool.name, inputs: [dPooled, pooled] });
    swapped.set(relu.name, { ...pool, name: relu.name, inputs: [x, pooled, pool.name] });
  }
  return nodes.map((node) => swapped.get(node.name) ?? node);
}
