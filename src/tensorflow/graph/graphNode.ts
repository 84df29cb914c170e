import type { OpAttribute } from '../native/nativeBackend';

/** Values that stand in the graph itself. */
export interface GraphConstant {
  /** TensorFlow's number of the type: 1 float32, 3 int32, 10 bool. */
  dtype: number;
  shape: number[];
  values: Float32Array | Int32Array | Uint8Array;
}

/** An attribute of an op in a graph: one that the binding knows, or one of the kinds that only graphs have. */
export type GraphAttribute =
  | OpAttribute
  /** Names a function of the graph, or several. */
  | { name: string; functions: string | string[] }
  /** The shapes of several tensors; undefined where even the number of dimensions is open. */
  | { name: string; shapes: Array<number[] | undefined> };

/**
 * One op of a TensorFlow graph. An input is the name of a node, with ":1" behind it for its second output; "^name" only
 * waits for that node.
 */
export interface GraphNode {
  name: string;
  op: string;
  inputs: string[];
  attributes: GraphAttribute[];
  constant?: GraphConstant;
  /** Of oneDNN's gradient of a max-pooling: the shape of the map that was pooled. */
  mapShape?: number[];
  /** Where the op must run, as in "/device:CPU:0"; left to TensorFlow when left out. */
  device?: string;
}

/**
 * A function that ops of a graph call. Inside it an input is the name of an argument, or "node:output:0" with the name
 * that the op gives to its output.
 */
export interface GraphFunction {
  name: string;
  /** Names and TensorFlow's numbers of the types. */
  inputs: Array<[name: string, dtype: number]>;
  outputs: Array<[name: string, dtype: number, from: string]>;
  nodes: GraphNode[];
}

/** A node that gives values which stand in the graph itself. */
export function constantNode(
  name: string,
  dtype: number,
  shape: number[],
  values: GraphConstant['values'],
): GraphNode {
  return { name, op: 'Const', inputs: [], attributes: [], constant: { dtype, shape, values } };
}
