import {
  attribute,
  nativeLibrary,
  type NativeBackend,
  type OpAttribute,
} from '../native/nativeBackend';
import { emptyTensor } from '../native/nativeTensor';
import { tf } from '../native/tfjs';
import { constantNode, type GraphConstant, type GraphNode } from './graphNode';
import { graphOps } from './graphOps';
import { outputShapes } from './outputShapes';

type Binding = NativeBackend['binding'];

/** What cannot stand in a graph; the message says what it was. */
export class Untraceable extends Error {
  override name = 'Untraceable';
}

/** The ops that ran during a recording, as nodes of a graph. */
export interface Recording<T> {
  nodes: GraphNode[];
  /** What the recorded function returned. */
  result: T;
}

type KnownTensor = Omit<GraphConstant, 'values'>;

/**
 * Runs a function on TensorFlow's native library and writes down the ops that it runs: everything that tfjs asks of the
 * library passes through `executeOp` and `createTensor` of its binding.
 *
 * Shapes, and values that are made in JavaScript, stand in the nodes as they are now. A tensor that comes from outside
 * and is not among `inputs` stands there as a constant.
 *
 * @param prefix stands before all names
 * @param inputs names of the nodes that stand for tensors from outside, by the binding's numbers of the tensors
 * @param run is called once; what it throws passes through
 * @returns the nodes, and what `run` returned; `run` gets `nameOf`, which names the node behind a tensor
 * @throws {Untraceable} when `run` reads a tensor's values, draws random numbers in JavaScript or makes strings
 */
export function recordOps<T>(
  prefix: string,
  inputs: Map<number, string>,
  run: (nameOf: (tensor: tf.TensorInfo) => string) => T,
): Recording<T> {
  const recorder = new Recorder(prefix, inputs);
  const internals = nativeLibrary() as unknown as BackendInternals;
  const { binding, getInputTensorIds } = internals;
  const random = Math.random;
  const overrides: Partial<Binding> = {
    executeOp: (op, attributes, ids, count) => recorder.executeOp(op, attributes, ids, count),
    createTensor: (shape, dtype, values) => recorder.createTensor(shape, dtype, values),
    tensorDataSync: (id) => {
      recorder.refuse('it reads the values of a tensor');
      return binding.tensorDataSync(id);
    },
    runSavedModel: (...args) => {
      recorder.refuse('it runs another graph');
      return binding.runSavedModel(...args);
    },
  };
  const getIds = (tensors: tf.TensorInfo[]): number[] => {
    const ids = getInputTensorIds.call(internals, tensors);
    tensors.forEach((tensor, i) => recorder.know(ids[i]!, tensor));
    return ids;
  };
  // Its own properties cannot be written to.
  const descriptors = Object.entries(overrides).map(([name, value]) => [name, { value }] as const);
  internals.binding = Object.create(binding, Object.fromEntries(descriptors)) as Binding;
  internals.getInputTensorIds = getIds;
  Math.random = () => {
    recorder.refuse('it draws random numbers in JavaScript');
    return random();
  };
  try {
    const result = run((tensor) => recorder.nameOf(getIds([tensor])[0]!));
    if (recorder.refusal !== undefined) throw new Untraceable(recorder.refusal);
    return { nodes: recorder.nodes, result };
  } finally {
    Math.random = random;
    internals.binding = binding;
    Reflect.deleteProperty(internals, 'getInputTensorIds');
  }
}

/** Ops on fewer numbers run as they are. */
const SMALL_SIZE = 4096;

/** Parts of tfjs-node's backend that its types call private. */
interface BackendInternals {
  binding: Binding;
  getInputTensorIds(tensors: tf.TensorInfo[]): number[];
}

class Recorder {
  readonly nodes: GraphNode[] = [];
  refusal: string | undefined;
  private readonly names: Map<number, string>;
  private readonly known = new Map<number, KnownTensor>();
  private readonly int32Constants = new Map<number, number[]>();
  private readonly binding: Binding;

  constructor(
    private readonly prefix: string,
    inputs: Map<number, string>,
  ) {
    this.binding = nativeLibrary().binding;
    this.names = new Map(inputs);
  }

  /** The first reason is the one that is reported; the function runs on, as it would without a recording. */
  refuse(reason: string): void {
    this.refusal ??= reason;
  }

  executeOp(op: string, attributes: OpAttribute[], ids: number[], count: number) {
    const inputs = ids.map((id) => this.nameOf(id));
    const outputs =
      this.runForShapes(op, attributes, ids, count) ??
      this.binding.executeOp(op, attributes, ids, count);
    const name = this.newName(op);
    this.nodes.push(
      ...graphOps({
        name,
        op,
        inputs,
        attributes: this.mendTypes(op, attributes, ids),
        shapes: ids.map((id) => this.known.get(id)?.shape ?? []),
      }),
    );
    outputs.forEach(({ id, shape, dtype }, i) => {
      this.names.set(id, i === 0 ? name : `${name}:${i}`);
      this.known.set(id, { shape, dtype });
    });
    return outputs;
  }

  /** Tensors of the right shapes and of any values, without waiting for the op that would compute them. */
  private runForShapes(op: string, attributes: OpAttribute[], ids: number[], count: number) {
    const { TF_FLOAT, TF_INT32 } = this.binding;
    const inputs = ids.map((id) => this.known.get(id));
    if (!inputs.every((input) => input?.dtype === TF_FLOAT || input?.dtype === TF_INT32)) {
      return undefined;
    }
    // Other types come from ops on int32, and small tensors are computed as fast as they are made.
    const floats = inputs.filter((input) => input!.dtype === TF_FLOAT);
    if (!floats.some((input) => tf.util.sizeFromShape(input!.shape) > SMALL_SIZE)) return undefined;
    const shapes = outputShapes({
      op,
      attributes,
      shapes: inputs.map((input) => input!.shape),
      sizes: ids.map((id) => this.int32Constants.get(id)),
    });
    if (shapes?.length !== count) return undefined;
    return shapes.map(emptyTensor);
  }

  /** Op by op TensorFlow takes the types from the inputs, and tfjs sometimes names others or none; a graph must name the true ones. */
  private mendTypes(op: string, attributes: OpAttribute[], ids: number[]): OpAttribute[] {
    const types = ids.map((id) => this.known.get(id)?.dtype);
    const [first, second] = types;
    if (first === undefined) return attributes;
    if (op === 'ExpandDims' && second !== undefined) {
      return [attribute.type('T', first), attribute.type('Tdim', second)];
    }
    return attributes.map((each) =>
      /^(T|SrcT)$/.test(each.name) && !types.includes(each.value as number)
        ? { ...each, value: first }
        : each,
    );
  }

  createTensor(...[shape, dtype, values]: Parameters<Binding['createTensor']>): number {
    const id = this.binding.createTensor(shape, dtype, values);
    this.addConstant(id, { shape, dtype }, values as GraphConstant['values']);
    return id;
  }

  know(id: number, { dtype, shape }: tf.TensorInfo): void {
    if (!this.known.has(id)) {
      this.known.set(id, { shape, dtype: nativeLibrary().getDTypeInteger(dtype) });
    }
  }

  nameOf(id: number): string {
    const known = this.names.get(id);
    if (known !== undefined) return known;
    const tensor = this.known.get(id);
    if (!tensor) {
      this.refuse('it uses a tensor that tfjs does not know');
      return '';
    }
    return this.addConstant(id, tensor, this.binding.tensorDataSync(id));
  }

  private addConstant(id: number, { shape, dtype }: KnownTensor, values: GraphConstant['values']) {
    const { TF_FLOAT, TF_INT32, TF_BOOL } = this.binding;
    const name = this.newName('Const');
    this.names.set(id, name);
    if (![TF_FLOAT, TF_INT32, TF_BOOL].includes(dtype)) {
      this.refuse('it uses tensors that are neither float32 nor int32 nor bool');
      return name;
    }
    const TypedArray = dtype === TF_FLOAT ? Float32Array : Int32Array;
    const typed = ArrayBuffer.isView(values) ? values : TypedArray.from(values);
    if (dtype === TF_INT32) this.int32Constants.set(id, Array.from(typed));
    this.nodes.push(constantNode(name, dtype, [...shape], typed.slice()));
    return name;
  }

  private newName(op: string): string {
    return `${this.prefix}/${op}_${this.nodes.length}`;
  }
}
