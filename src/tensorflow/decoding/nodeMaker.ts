import type { GraphNode } from '../graph/graphNode';
import { type NativeBackend, opAttributes } from '../native/nativeBackend';

export type NodeMaker = ReturnType<typeof nodeMaker>;

/** Makes nodes and attributes as the binding reads them. */
export function nodeMaker(backend: NativeBackend) {
  const { binding } = backend;
  const attribute = opAttributes(backend);
  return {
    ...attribute,
    binding,
    types: (name: string, value: number[]) => ({ name, type: binding.TF_ATTR_TYPE, value }),
    numbers: (name: string, values: number[], shape: number[]): GraphNode => ({
      name,
      op: 'Const',
      inputs: [],
      attributes: [],
      constant: { dtype: binding.TF_INT32, shape, values: Int32Array.from(values) },
    }),
    placeholder: (name: string, dtype: number, shape: number[]): GraphNode => ({
      name,
      op: 'Placeholder',
      inputs: [],
      attributes: [attribute.type('dtype', dtype), attribute.shape('shape', shape)],
    }),
  };
}
