import { attribute, nativeLibrary, type OpAttribute } from '../native/nativeBackend';
import { constantNode, type GraphNode } from './graphNode';

/** Collects the nodes of a graph; each method adds one and returns its name. All numbers are float32. */
export class GraphBuilder {
  readonly nodes: GraphNode[] = [];

  /** An op whose attributes are its type `T` and `attributes`. */
  op(name: string, op: string, inputs: string[], attributes: OpAttribute[] = []): string {
    return this.add(name, op, inputs, [attribute.float('T'), ...attributes]);
  }

  placeholder(name: string, shape: number[], dtype?: number): string {
    const type = dtype === undefined ? attribute.float('dtype') : attribute.type('dtype', dtype);
    return this.add(name, 'Placeholder', [], [type, attribute.shape('shape', shape)]);
  }

  number(name: string, value: number): string {
    this.nodes.push(
      constantNode(name, nativeLibrary().binding.TF_FLOAT, [], Float32Array.of(value)),
    );
    return name;
  }

  /** Several of them, whose names stand behind the prefix. */
  numbers(prefix: string, values: Readonly<Record<string, number>>): string[] {
    return Object.entries(values).map(([name, value]) => this.number(`${prefix}/${name}`, value));
  }

  /** The sum of all values: one of them that is not finite makes it so. */
  sum(name: string, x: string, rank: number): string {
    const axes = `${name}/axes`;
    const dtype = nativeLibrary().binding.TF_INT32;
    this.nodes.push(constantNode(axes, dtype, [rank], Int32Array.from(Array(rank).keys())));
    return this.op(
      name,
      'Sum',
      [x, axes],
      [attribute.type('Tidx', dtype), attribute.bool('keep_dims', false)],
    );
  }

  /** A variable that lives as long as the session. */
  variable(name: string, shape: number[]): string {
    const { float, shape: ofShape, string } = attribute;
    const names = [string('shared_name', name), string('container', '')];
    return this.add(name, 'VarHandleOp', [], [float('dtype'), ofShape('shape', shape), ...names]);
  }

  read(name: string, variable: string): string {
    return this.add(name, 'ReadVariableOp', [variable], [attribute.float('dtype')]);
  }

  /** @param op `AssignVariableOp` or `AssignSubVariableOp` */
  assign(name: string, op: string, variable: string, inputs: string[]): string {
    return this.add(name, op, [variable, ...inputs], [attribute.float('dtype')]);
  }

  /** A node that is there once all of these are. */
  barrier(name: string, nodes: string[]): string {
    const inputs = nodes.map((node) => `^${node.replace(/:\d+$/, '')}`);
    return this.add(name, 'NoOp', inputs, []);
  }

  private add(name: string, op: string, inputs: string[], attributes: OpAttribute[]): string {
    this.nodes.push({ name, op, inputs, attributes });
    return name;
  }
}
