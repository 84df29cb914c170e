import { constantNode, type GraphAttribute, type GraphNode } from '../graph/graphNode';
import { nativeLibrary } from '../native/nativeBackend';

/** A node of a graph. */
export function node(
  name: string,
  op: string,
  inputs: string[],
  attributes: GraphAttribute[] = [],
): GraphNode {
  return { name, op, inputs, attributes };
}

/** One that gives whole numbers, which stand in the graph. */
export function numbers(name: string, values: number[], shape: number[]): GraphNode {
  return constantNode(name, nativeLibrary().binding.TF_INT32, shape, Int32Array.from(values));
}
