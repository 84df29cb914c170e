import type { GraphFunction, GraphNode } from '../graph/graphNode';
import { type NativeBackend, opAttributes } from '../native/nativeBackend';
import { UINT8 } from '../native/nativeTensor';
import { type Shrinking, SHRINKINGS } from './decodeImage';

/**
 * What tf.data is to leave: no tuning thread, no rewriting of so small a graph; and threads of its own for decoding, so
 * that a picture of 50 ms does not stand in the way of a training step's ops. Bytes of the message `Options` in
 * tensorflow/core/framework/dataset_options.proto: optimization_options.apply_default_optimizations = false,
 * threading_options = { max_intra_op_parallelism: 1, private_threadpool_size }, autotune_options.enabled = false.
 */
const datasetOptions = (threads: number) =>
  `\x1a\x02\x08\x00` + `\x2a\x04\x08\x01\x10${String.fromCharCode(threads)}` + `\x3a\x02\x08\x00`;

/** What a graph is made for. */
export interface DecodingKind {
  interpolation: 'bilinear' | 'nearest';
  /** Whether JPEGs may be made smaller while they are decoded. */
  shrinkOnLoad: boolean;
}

/** Beyond this a byte of `datasetOptions` would need two. */
export const MAX_THREADS = 127;

/**
 * The graph that reads, decodes and resizes pictures ahead of time, in threads of TensorFlow, with the ops of Keras'
 * own loader (`paths.map(load, num_parallel_calls).prefetch()`).
 *
 * ```
 * paths, shrinkings ─ slices ─ pictures (load, on all threads) ─ ahead ─ options ─ iterator ─ next
 * ```
 *
 * Run "begun" with `paths`, `shrinkings` (places in `SHRINKINGS`), `size` ([height, width]), `threads` and `buffer`, the
 * number of pictures that wait; then "next" once for each picture, in this order. It is float32 `[height, width, 3]`;
 * reading or decoding may fail for one picture, and the next one comes all the same.
 *
 * @param threads How many pictures are decoded at a time, 1 to `MAX_THREADS`.
 */
export function decodingGraph(
  backend: NativeBackend,
  kind: DecodingKind,
  threads: number,
): { nodes: GraphNode[]; functions: GraphFunction[] } {
  const make = nodeMaker(backend);
  const load = loadFunction(make, kind);
  return {
    // Datasets live on the CPU; iterators could live on a GPU too, and would copy each picture there by itself.
    nodes: datasetNodes(make, threads).map((node) => ({ ...node, device: '/device:CPU:0' })),
    functions: kind.shrinkOnLoad ? [load, ...SHRINKINGS.map((by) => decoder(make, by))] : [load],
  };
}

type NodeMaker = ReturnType<typeof nodeMaker>;

/** Makes nodes and attributes as the binding reads them. */
function nodeMaker(backend: NativeBackend) {
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

const decoderName = (by: Shrinking) => `decode_by_${by}`;

function imageNode({ bool, int, type }: NodeMaker, bytes: string): GraphNode {
  const attributes = [int('channels', 3), type('dtype', UINT8), bool('expand_animations', false)];
  return { name: 'decoded', op: 'DecodeImage', inputs: [bytes], attributes };
}

/** A function that decodes a file, and makes a JPEG so many times smaller. */
function decoder(make: NodeMaker, by: Shrinking): GraphFunction {
  const attributes = [make.int('channels', 3), make.int('ratio', by)];
  return {
    name: decoderName(by),
    inputs: [['bytes', make.binding.TF_STRING]],
    outputs: [['image', UINT8, 'decoded:image:0']],
    nodes: [
      by === 1
        ? imageNode(make, 'bytes')
        : { name: 'decoded', op: 'DecodeJpeg', inputs: ['bytes'], attributes },
    ],
  };
}

function chooseDecoder({ binding, types }: NodeMaker): GraphNode {
  return {
    name: 'decoded',
    op: 'StatelessCase',
    inputs: ['shrinking', 'bytes:contents:0'],
    attributes: [
      types('Tin', [binding.TF_STRING]),
      types('Tout', [UINT8]),
      { name: 'branches', functions: SHRINKINGS.map(decoderName) },
    ],
  };
}

/** The function that makes a picture of a path. */
function loadFunction(make: NodeMaker, { interpolation, shrinkOnLoad }: DecodingKind) {
  const { binding, ints, type } = make;
  const { TF_FLOAT, TF_INT32, TF_STRING } = binding;
  const load: GraphFunction = {
    name: 'load',
    inputs: [
      ['path', TF_STRING],
      ['shrinking', TF_INT32],
      ['size', TF_INT32],
    ],
    outputs: [['picture', TF_FLOAT, 'picture:output:0']],
    nodes: [
      { name: 'bytes', op: 'ReadFile', inputs: ['path'], attributes: [] },
      shrinkOnLoad ? chooseDecoder(make) : imageNode(make, 'bytes:contents:0'),
      make.numbers('axis', [0], []),
      {
        name: 'batch',
        op: 'ExpandDims',
        inputs: [shrinkOnLoad ? 'decoded:output:0' : 'decoded:image:0', 'axis:output:0'],
        attributes: [type('T', UINT8), type('Tdim', TF_INT32)],
      },
      ...resizingNodes(make, interpolation),
      {
        name: 'picture',
        op: 'Squeeze',
        inputs: [interpolation === 'nearest' ? 'floats:y:0' : 'resized:resized_images:0'],
        attributes: [type('T', TF_FLOAT), ints('squeeze_dims', [0])],
      },
    ],
  };
  return load;
}

function resizingNodes(
  { binding, bool, type }: NodeMaker,
  interpolation: DecodingKind['interpolation'],
): GraphNode[] {
  const isNearest = interpolation === 'nearest';
  const resized: GraphNode = {
    name: 'resized',
    op: isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear',
    inputs: ['batch:output:0', 'size'],
    attributes: [type('T', UINT8), bool('align_corners', false), bool('half_pixel_centers', true)],
  };
  const cast = [type('SrcT', UINT8), type('DstT', binding.TF_FLOAT)];
  const floats = {
    name: 'floats',
    op: 'Cast',
    inputs: ['resized:resized_images:0'],
    attributes: cast,
  };
  return isNearest ? [resized, floats] : [resized];
}

/** The dataset, and what begins it and takes the next picture of it. */
function datasetNodes(make: NodeMaker, threads: number): GraphNode[] {
  const { binding, bool, numbers, placeholder, string, type, types } = make;
  const { TF_FLOAT, TF_INT32, TF_INT64, TF_STRING } = binding;
  // The dataset keeps these beyond the run, and its threads free them: not what lies in JavaScript's memory.
  const owned = (name: string): GraphNode => ({
    name: `${name}/own`,
    op: 'DeepCopy',
    inputs: [name],
    attributes: [type('T', TF_INT32)],
  });
  const elements = [
    types('output_types', [TF_FLOAT]),
    { name: 'output_shapes', shapes: [undefined] },
  ];
  const node = (
    name: string,
    op: string,
    inputs: string[],
    attributes: GraphNode['attributes'] = [],
  ): GraphNode => ({ name, op, inputs, attributes });
  return [
    placeholder('paths', TF_STRING, [-1]),
    placeholder('shrinkings', TF_INT32, [-1]),
    placeholder('size', TF_INT32, [2]),
    owned('shrinkings'),
    owned('size'),
    placeholder('threads', TF_INT64, []),
    placeholder('buffer', TF_INT64, []),
    node(
      'slices',
      'TensorSliceDataset',
      ['paths', 'shrinkings/own'],
      [types('Toutput_types', [TF_STRING, TF_INT32]), { name: 'output_shapes', shapes: [[], []] }],
    ),
    node(
      'pictures',
      'ParallelMapDatasetV2',
      ['slices', 'size/own', 'threads'],
      [
        { name: 'f', functions: 'load' },
        types('Targuments', [TF_INT32]),
        string('deterministic', 'true'),
        bool('preserve_cardinality', true),
        ...elements,
      ],
    ),
    node('ahead', 'PrefetchDataset', ['pictures', 'buffer'], elements),
    node(
      'options',
      'OptionsDataset',
      ['ahead'],
      [string('serialized_options', datasetOptions(threads)), ...elements],
    ),
    node(
      'iterator',
      'IteratorV2',
      [],
      [string('shared_name', ''), string('container', ''), ...elements],
    ),
    node('begin', 'MakeIterator', ['options', 'iterator']),
    numbers('nothing', [0], []),
    node('begun', 'Identity', ['nothing', '^begin'], [type('T', TF_INT32)]),
    node('next', 'IteratorGetNext', ['iterator'], elements),
  ];
}
