import type { OpAttribute } from '../nativeBackend';

/** Values that stand in the graph itself. */
export interface GraphConstant {
  /** TensorFlow's number of the type: 1 float32, 3 int32, 10 bool. */
  dtype: number;
  shape: number[];
  values: Float32Array | Int32Array | Uint8Array;
}

/**
 * One op of a TensorFlow graph. An input is the name of a node, with ":1" behind it for its second output; "^name" only
 * waits for that node.
 */
export interface GraphNode {
  name: string;
  op: string;
  inputs: string[];
  attributes: OpAttribute[];
  constant?: GraphConstant;
}
