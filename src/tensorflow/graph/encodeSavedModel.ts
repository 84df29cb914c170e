import { nativeLibrary, type OpAttribute } from '../native/nativeBackend';
import type { GraphAttribute, GraphConstant, GraphFunction, GraphNode } from './graphNode';

/** The tag under which a graph is found in its file. */
export const SERVING_TAG = 'serve';

/** The version of the graph format, of May 2022; later ones changed nothing that tfjs uses. */
const GRAPH_VERSION = 1087;

/**
 * Writes a graph in TensorFlow's format SavedModel as text, without variables' values and signatures.
 *
 * Source: the messages that tensorflow/core/protobuf/saved_model.proto names;
 * https://protobuf.dev/reference/protobuf/textformat-spec
 *
 * @param nodes the ops, in any order
 * @param functions what the ops call
 * @returns the content of a file `saved_model.pbtxt`
 * @throws {TypeError} for an attribute of a kind that tfjs's ops do not have
 */
export function encodeSavedModel(nodes: GraphNode[], functions: GraphFunction[] = []): string {
  const library = functions.map((each) => `function{${encodeFunction(each)}}`);
  const graph = `versions{producer:${GRAPH_VERSION}}library{${library.join('')}}`;
  const all = nodes.map((node) => `node{${encodeNode(node)}}\n`);
  return (
    `saved_model_schema_version:1 meta_graphs{meta_info_def{tags:"${SERVING_TAG}"}` +
    `graph_def{${graph}${all.join('')}}}`
  );
}

function encodeNode(node: GraphNode): string {
  const { name, op, inputs, attributes, constant, device } = node;
  const entries = attributes.map(
    (each) => `attr{key:${quoted(each.name)}value{${encode(op, each)}}}`,
  );
  if (constant) {
    const { dtype } = constant;
    entries.push(
      `attr{key:"dtype"value{type:${dtype}}}`,
      `attr{key:"value"value{tensor{${encodeTensor(constant)}}}}`,
    );
  }
  const place = device === undefined ? '' : `device:${quoted(device)}`;
  const from = inputs.map((input) => `input:${quoted(input)}`);
  return `name:${quoted(name)}op:${quoted(op)}${from.join('')}${place}${entries.join('')}`;
}

function encodeFunction(each: GraphFunction): string {
  const { name, inputs, outputs, nodes } = each;
  const argument = (kind: string, [named, dtype]: readonly [string, number, ...unknown[]]) =>
    `${kind}{name:${quoted(named)}type:${dtype}}`;
  const signature = [
    `name:${quoted(name)}`,
    ...inputs.map((input) => argument('input_arg', input)),
    ...outputs.map((output) => argument('output_arg', output)),
  ];
  return [
    `signature{${signature.join('')}}`,
    ...nodes.map((node) => `node_def{${encodeNode(node)}}`),
    ...outputs.map(([result, , from]) => `ret{key:${quoted(result)}value:${quoted(from)}}`),
  ].join('');
}

function encode(op: string, attribute: GraphAttribute): string {
  if ('shapes' in attribute) {
    return `list{${attribute.shapes.map((shape) => `shape{${encodeShape(shape)}}`).join('')}}`;
  }
  if (!('functions' in attribute)) return encodeOpAttribute(op, attribute);
  const { functions } = attribute;
  const called = [functions].flat().map((name) => `func{name:${quoted(name)}}`);
  return Array.isArray(functions) ? `list{${called.join('')}}` : called.join('');
}

function encodeOpAttribute(op: string, { name, type, value }: OpAttribute): string {
  const { binding } = nativeLibrary();
  if (type === binding.TF_ATTR_SHAPE) return `shape{${encodeShape(value as number[])}}`;
  const field = new Map([
    [binding.TF_ATTR_STRING, 's'],
    [binding.TF_ATTR_INT, 'i'],
    [binding.TF_ATTR_FLOAT, 'f'],
    [binding.TF_ATTR_BOOL, 'b'],
    [binding.TF_ATTR_TYPE, 'type'],
  ]).get(type);
  if (field === undefined) {
    throw new TypeError(
      `Cannot write the op ${op} in a graph: its attribute ${name} has the unknown kind ${type}`,
    );
  }
  const fields = ([value].flat() as unknown[]).map(
    (each) => `${field}:${typeof each === 'string' ? quoted(each) : each} `,
  );
  return Array.isArray(value) ? `list{${fields.join('')}}` : fields.join('');
}

function encodeShape(sizes: number[] | undefined): string {
  return sizes ? sizes.map((size) => `dim{size:${size}}`).join('') : 'unknown_rank:true';
}

function encodeTensor({ dtype, shape, values }: GraphConstant): string {
  const form = `dtype:${dtype} tensor_shape{${encodeShape(shape)}}`;
  const [first] = values;
  // TensorFlow repeats a single value over the whole shape: tfjs makes large tensors of ones and zeros.
  const isSingle = first !== undefined && !Object.is(first, -0); // whose sign JavaScript does not write
  if (isSingle && values.every((value) => Object.is(value, first))) {
    if (values instanceof Float32Array) return `${form}float_val:${first}`;
    return values instanceof Int32Array
      ? `${form}int_val:${first}`
      : `${form}bool_val:${first !== 0}`;
  }
  const content = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return `${form}tensor_content:${quoted(content)}`;
}

/** In quotes, each byte that is no plain character as its number. */
function quoted(bytes: string | Buffer): string {
  const octal = (character: string) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;
  const characters = Buffer.from(bytes).toString('latin1');
  return `"${characters.replace(/[^ !#-[\]-~]/g, octal)}"`;
}
