import { attribute, nativeLibrary, type OpAttribute } from '../native/nativeBackend';
import { constantNode, type GraphNode } from './graphNode';

/** What is known of an op that has run. */
export interface RanOp {
  name: string;
  op: string;
  inputs: string[];
  attributes: OpAttribute[];
  /** Shapes of the inputs. */
  shapes: number[][];
}

/**
 * The nodes for an op that has run: TensorFlow's optimiser knows other ops than those that are fast one by one, and puts
 * oneDNN's in by itself, fused with their neighbours.
 *
 * @returns nodes that compute the same; the last one has the op's name
 */
export function graphOps(ran: RanOp): GraphNode[] {
  const { name, op, inputs, attributes, shapes } = ran;
  const one = (changes: Partial<GraphNode> = {}): GraphNode[] => [
    { name, op, inputs, attributes, ...changes },
  ];
  const channelsLast = attribute.string('data_format', 'NHWC');
  switch (op) {
    case '_MklNativeMaxPool':
      return one({ op: 'MaxPool', attributes: withoutOneDnn(attributes) });
    case '_MklNativeMaxPoolGrad':
      // The fourth input is the workspace, which only oneDNN's op has.
      return one({
        op: 'MaxPoolGrad',
        inputs: inputs.slice(0, 3),
        attributes: withoutOneDnn(attributes),
        mapShape: shapes[0]!,
      });
    case '_MklNativeConv2DWithBias': {
      const [x, filter, bias] = inputs as [string, string, string];
      const conv = `${name}/conv`;
      const type = attributes.filter(({ name }) => name === 'T');
      return [
        { name: conv, op: 'Conv2D', inputs: [x, filter], attributes: withoutOneDnn(attributes) },
        { name, op: 'BiasAdd', inputs: [conv, bias], attributes: [...type, channelsLast] },
      ];
    }
    case 'Add':
    case 'AddV2':
      return isBias(shapes)
        ? one({ op: 'BiasAdd', attributes: [...attributes, channelsLast] })
        : one();
    case 'BiasAddGrad':
      return shapes[0]!.length > 2 ? biasGradient(ran) : one();
    case 'BatchMatMulV2':
      return shapes.every(({ length }) => length === 2)
        ? one({ op: 'MatMul', attributes: attributes.map(asTransposition) })
        : one();
    default:
      return one();
  }
}

/**
 * Sums over rows of channels. Straight behind what the filter's gradient is taken of, TensorFlow would put both into one op
 * of oneDNN, which takes longer than the two one after the other.
 */
function biasGradient({ name, inputs, attributes, shapes }: RanOp): GraphNode[] {
  const [rows, shape] = [`${name}/rows`, `${name}/shape`];
  const values = Int32Array.of(-1, shapes[0]!.at(-1)!);
  const type = attributes.filter(({ name }) => name === 'T');
  const { TF_INT32 } = nativeLibrary().binding;
  const ofShape = attribute.type('Tshape', TF_INT32);
  return [
    constantNode(shape, TF_INT32, [2], values),
    { name: rows, op: 'Reshape', inputs: [inputs[0]!, shape], attributes: [...type, ofShape] },
    { name, op: 'BiasAddGrad', inputs: [rows], attributes },
  ];
}

function withoutOneDnn(attributes: OpAttribute[]): OpAttribute[] {
  return attributes.filter(({ name }) => name !== 'workspace_enabled' && name !== '_kernel');
}

function isBias([x, bias]: number[][]): boolean {
  return x!.length > 1 && bias!.length === 1 && bias![0] === x!.at(-1);
}

function asTransposition(given: OpAttribute): OpAttribute {
  const names: Record<string, string> = { adj_x: 'transpose_a', adj_y: 'transpose_b' };
  return { ...given, name: names[given.name] ?? given.name };
}
