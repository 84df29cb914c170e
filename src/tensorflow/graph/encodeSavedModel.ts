import {
  AttrValue,
  FunctionDef,
  FunctionDefLibrary,
  GraphDef,
  MetaGraphDef,
  NameAttrList,
  NodeDef,
  OpDef,
  SavedModel,
  Tensor,
  TensorShape,
  VersionDef,
} from '@tensorflow/tfjs-node-gpu/dist/proto/api_pb';
import { opAttributes, type NativeBackend, type OpAttribute } from '../native/nativeBackend';
import type { GraphAttribute, GraphConstant, GraphFunction, GraphNode } from './graphNode';

/** The tag under which a graph is found in its file. */
export const SERVING_TAG = 'serve';

/** The version of the graph format, of May 2022; later ones changed nothing that tfjs uses. */
const GRAPH_VERSION = 1087;

/**
 * Writes a graph in TensorFlow's format SavedModel, without variables' values and signatures.
 *
 * @param nodes the ops, in any order
 * @param functions what the ops call
 * @returns the content of a file `saved_model.pb`
 * @throws {TypeError} for an attribute of a kind that tfjs's ops do not have
 */
export function encodeSavedModel(
  backend: NativeBackend,
  nodes: GraphNode[],
  functions: GraphFunction[] = [],
): Uint8Array {
  const graph = new GraphDef();
  const versions = new VersionDef();
  versions.setProducer(GRAPH_VERSION);
  graph.setVersions(versions);
  for (const node of nodes) graph.addNode(encodeNode(backend, node));
  if (functions.length > 0) {
    const library = new FunctionDefLibrary();
    for (const each of functions) library.addFunction(encodeFunction(backend, each));
    graph.setLibrary(library);
  }
  const info = new MetaGraphDef.MetaInfoDef();
  info.addTags(SERVING_TAG);
  const model = new SavedModel();
  model.setSavedModelSchemaVersion(1);
  const metaGraph = model.addMetaGraphs();
  metaGraph.setMetaInfoDef(info);
  metaGraph.setGraphDef(graph);
  return model.serializeBinary();
}

function encodeNode(backend: NativeBackend, { name, op, inputs, ...rest }: GraphNode): NodeDef {
  const { attributes, constant, device } = rest;
  const node = new NodeDef();
  node.setName(name);
  node.setOp(op);
  node.setInputList(inputs);
  if (device !== undefined) node.setDevice(device);
  const map = node.getAttrMap();
  for (const attribute of attributes) map.set(attribute.name, encode(backend, op, attribute));
  if (constant) {
    const { dtype } = constant;
    map.set('dtype', encode(backend, op, opAttributes(backend).type('dtype', dtype)));
    const value = new AttrValue();
    value.setTensor(encodeTensor(constant));
    map.set('value', value);
  }
  return node;
}

function encodeFunction(backend: NativeBackend, each: GraphFunction): FunctionDef {
  const { name, inputs, outputs, nodes } = each;
  const signature = new OpDef();
  signature.setName(name);
  for (const [argument, dtype] of inputs) signature.addInputArg(encodeArgument(argument, dtype));
  for (const [result, dtype] of outputs) signature.addOutputArg(encodeArgument(result, dtype));
  const definition = new FunctionDef();
  definition.setSignature(signature);
  for (const node of nodes) definition.addNodeDef(encodeNode(backend, node));
  for (const [result, , from] of outputs) definition.getRetMap().set(result, from);
  return definition;
}

function encodeArgument(name: string, dtype: number): OpDef.ArgDef {
  const argument = new OpDef.ArgDef();
  argument.setName(name);
  argument.setType(dtype);
  return argument;
}

function encode(backend: NativeBackend, op: string, attribute: GraphAttribute): AttrValue {
  const result = new AttrValue();
  const list = new AttrValue.ListValue();
  if ('shapes' in attribute) {
    list.setShapeList(attribute.shapes.map(encodeShape));
    result.setList(list);
    return result;
  }
  if ('functions' in attribute) {
    const { functions } = attribute;
    if (!Array.isArray(functions)) result.setFunc(encodeReference(functions));
    else {
      list.setFuncList(functions.map(encodeReference));
      result.setList(list);
    }
    return result;
  }
  return encodeOpAttribute(backend, op, attribute);
}

function encodeReference(name: string): NameAttrList {
  const reference = new NameAttrList();
  reference.setName(name);
  return reference;
}

function encodeOpAttribute(
  { binding }: NativeBackend,
  op: string,
  { name, type, value }: OpAttribute,
): AttrValue {
  const result = new AttrValue();
  const list = new AttrValue.ListValue();
  const values = value as unknown;
  switch (type) {
    case binding.TF_ATTR_STRING:
      result.setS(Buffer.from(value as string));
      break;
    case binding.TF_ATTR_INT:
      if (!Array.isArray(values)) result.setI(Number(value));
      else list.setIList(values as number[]);
      break;
    case binding.TF_ATTR_FLOAT:
      if (!Array.isArray(values)) result.setF(value as number);
      else list.setFList(values as number[]);
      break;
    case binding.TF_ATTR_BOOL:
      if (!Array.isArray(values)) result.setB(Boolean(value));
      else list.setBList(values as boolean[]);
      break;
    case binding.TF_ATTR_TYPE:
      if (!Array.isArray(values)) result.setType(value as number);
      else list.setTypeList(values as number[]);
      break;
    case binding.TF_ATTR_SHAPE:
      result.setShape(encodeShape(value as number[]));
      return result;
    default:
      throw new TypeError(
        `Cannot write the op ${op} in a graph: its attribute ${name} has the unknown kind ${type}`,
      );
  }
  if (Array.isArray(values)) result.setList(list);
  return result;
}

function encodeShape(sizes: number[] | undefined): TensorShape {
  const shape = new TensorShape();
  if (sizes === undefined) shape.setUnknownRank(true);
  for (const size of sizes ?? []) shape.addDim().setSize(size);
  return shape;
}

function encodeTensor({ dtype, shape, values }: GraphConstant): Tensor {
  const tensor = new Tensor();
  tensor.setDtype(dtype);
  tensor.setTensorShape(encodeShape(shape));
  const [first] = values;
  // TensorFlow repeats a single value over the whole shape: tfjs makes large tensors of ones and zeros.
  if (first !== undefined && values.every((value) => Object.is(value, first))) {
    if (values instanceof Float32Array) tensor.setFloatValList([first]);
    else if (values instanceof Int32Array) tensor.setIntValList([first]);
    else tensor.setBoolValList([first !== 0]);
  } else {
    tensor.setTensorContent(Buffer.from(values.buffer, values.byteOffset, values.byteLength));
  }
  return tensor;
}
