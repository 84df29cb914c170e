/**
 * The parts of TensorFlow's protobuf messages that a graph is written with. tfjs-node brings them as classes of
 * google-protobuf, without types.
 * Source: https://github.com/tensorflow/tensorflow/tree/master/tensorflow/core/protobuf/saved_model.proto
 */
declare module '@tensorflow/tfjs-node-gpu/dist/proto/api_pb' {
  export class SavedModel {
    setSavedModelSchemaVersion(version: number): void;
    addMetaGraphs(): MetaGraphDef;
    serializeBinary(): Uint8Array;
  }

  export class MetaGraphDef {
    setMetaInfoDef(info: MetaGraphDef.MetaInfoDef): void;
    setGraphDef(graph: GraphDef): void;
  }

  export namespace MetaGraphDef {
    class MetaInfoDef {
      addTags(tag: string): void;
    }
  }

  export class GraphDef {
    addNode(node: NodeDef): NodeDef;
    setVersions(versions: VersionDef): void;
    setLibrary(library: FunctionDefLibrary): void;
  }

  export class FunctionDefLibrary {
    addFunction(definition: FunctionDef): FunctionDef;
  }

  export class FunctionDef {
    setSignature(signature: OpDef): void;
    addNodeDef(node: NodeDef): NodeDef;
    getRetMap(): { set(output: string, from: string): void };
  }

  export class OpDef {
    setName(name: string): void;
    addInputArg(argument: OpDef.ArgDef): void;
    addOutputArg(argument: OpDef.ArgDef): void;
  }

  export namespace OpDef {
    class ArgDef {
      setName(name: string): void;
      setType(type: number): void;
    }
  }

  export class NameAttrList {
    setName(name: string): void;
  }

  export class VersionDef {
    setProducer(version: number): void;
  }

  export class NodeDef {
    setName(name: string): void;
    setOp(op: string): void;
    setInputList(inputs: string[]): void;
    setDevice(device: string): void;
    getAttrMap(): { set(name: string, value: AttrValue): void };
  }

  export class AttrValue {
    setS(value: Uint8Array): void;
    setI(value: number): void;
    setF(value: number): void;
    setB(value: boolean): void;
    setType(type: number): void;
    setShape(shape: TensorShape): void;
    setTensor(tensor: Tensor): void;
    setList(list: AttrValue.ListValue): void;
    setFunc(reference: NameAttrList): void;
  }

  export namespace AttrValue {
    class ListValue {
      setIList(values: number[]): void;
      setFList(values: number[]): void;
      setBList(values: boolean[]): void;
      setTypeList(types: number[]): void;
      setShapeList(shapes: TensorShape[]): void;
      setFuncList(references: NameAttrList[]): void;
    }
  }

  export class TensorShape {
    addDim(): { setSize(size: number): void };
    setUnknownRank(isUnknown: boolean): void;
  }

  export class Tensor {
    setDtype(type: number): void;
    setTensorShape(shape: TensorShape): void;
    setTensorContent(bytes: Uint8Array): void;
    setFloatValList(values: number[]): void;
    setIntValList(values: number[]): void;
    setBoolValList(values: boolean[]): void;
  }
}
