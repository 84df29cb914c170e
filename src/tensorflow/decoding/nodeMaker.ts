import { constantNode, type GraphNode } from '../graph/graphNode';
import { type NativeBackend, opAttributes } from '../native/nativeBackend';

export type NodeMaker = ReturnType<typeof nodeMaker>;

/** A node of a graph. */
export function node(
  name: string,
  op: string,
  inputs: string[],
  attributes: GraphNode['attributes'] = [],
): GraphNode {
  return { name, op, inputs, attributes };
}

/** Makes nodes and attributes as the binding reads them. */
export function nodeMaker(backend: NativeBackend) {
  const { binding } = backend;
  const attribute = opAttributes(backend);
  return {
    ...attribute,
    binding,
    types: (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_TYPE, value }),
    numbers: (name: string, values: number[], shape: number[]) =>
      constantNode(name, binding.TF_INT32, shape, Int32Array.from(values)),
    placeholder: (name: string, dtype: number, shape: number[]) =>
      node(
        name,
        'Placeholder',
        [],
        [attribute.type('dtype', dtype), attribute.shape('shape', shape)],
      ),
  };
}
