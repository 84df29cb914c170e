import type { GraphFunction, GraphNode } from '../graph/graphNode';
import { type NativeBackend, opAttributes } from '../native/nativeBackend';
import { SHRINKINGS } from './decodeImage';

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
  { interpolation, shrinkOnLoad }: DecodingKind,
  threads: number,
): { nodes: GraphNode[]; functions: GraphFunction[] } {
  const { TF_ATTR_INT, TF_ATTR_TYPE, TF_FLOAT, TF_INT32, TF_STRING, TF_UINT8 } = backend.binding;
  const TF_INT64 = backend.binding.TF_INT64;
  const { bool, string, shape, type } = opAttributes(backend);
  const types = (name: string, value: number[]) => ({ name, type: TF_ATTR_TYPE, value });
  const int = (name: string, value: number) => ({ name, type: TF_ATTR_INT, value });
  const numbers = (name: string, values: number[], of: number[]): GraphNode => ({
    name,
    op: 'Const',
    inputs: [],
    attributes: [],
    constant: { dtype: TF_INT32, shape: of, values: Int32Array.from(values) },
  });
  const placeholder = (name: string, dtype: number, of: number[]): GraphNode => ({
    name,
    op: 'Placeholder',
    inputs: [],
    attributes: [type('dtype', dtype), shape('shape', of)],
  });
  const owned = (name: string): GraphNode => ({
    name: `${name}/own`,
    op: 'DeepCopy',
    inputs: [name],
    attributes: [type('T', TF_INT32)],
  });

  const decodeImage = (bytes: string): GraphNode => ({
    name: 'decoded',
    op: 'DecodeImage',
    inputs: [bytes],
    attributes: [int('channels', 3), type('dtype', TF_UINT8), bool('expand_animations', false)],
  });
  const functionName = (by: number) => `decode_by_${by}`;
  const functions: GraphFunction[] = SHRINKINGS.map((by) => ({
    name: functionName(by),
    inputs: [['bytes', TF_STRING]],
    outputs: [['image', TF_UINT8, 'decoded:image:0']],
    nodes: [
      by === 1
        ? decodeImage('bytes')
        : {
            name: 'decoded',
            op: 'DecodeJpeg',
            inputs: ['bytes'],
            attributes: [int('channels', 3), int('ratio', by)],
          },
    ],
  }));
  const chooseDecoder: GraphNode = {
    name: 'decoded',
    op: 'StatelessCase',
    inputs: ['shrinking', 'bytes:contents:0'],
    attributes: [
      types('Tin', [TF_STRING]),
      types('Tout', [TF_UINT8]),
      { name: 'branches', functions: SHRINKINGS.map(functionName) },
    ],
  };
  const resized = (op: string): GraphNode => ({
    name: 'resized',
    op,
    inputs: ['batch:output:0', 'size'],
    attributes: [
      type('T', TF_UINT8),
      bool('align_corners', false),
      bool('half_pixel_centers', true),
    ],
  });
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
      shrinkOnLoad ? chooseDecoder : decodeImage('bytes:contents:0'),
      numbers('axis', [0], []),
      {
        name: 'batch',
        op: 'ExpandDims',
        inputs: [shrinkOnLoad ? 'decoded:output:0' : 'decoded:image:0', 'axis:output:0'],
        attributes: [type('T', TF_UINT8), type('Tdim', TF_INT32)],
      },
      ...(interpolation === 'nearest'
        ? [
            resized('ResizeNearestNeighbor'),
            {
              name: 'floats',
              op: 'Cast',
              inputs: ['resized:resized_images:0'],
              attributes: [type('SrcT', TF_UINT8), type('DstT', TF_FLOAT)],
            },
          ]
        : [resized('ResizeBilinear')]),
      {
        name: 'picture',
        op: 'Squeeze',
        inputs: [interpolation === 'nearest' ? 'floats:y:0' : 'resized:resized_images:0'],
        attributes: [type('T', TF_FLOAT), { name: 'squeeze_dims', type: TF_ATTR_INT, value: [0] }],
      },
    ],
  };

  const elements = [
    types('output_types', [TF_FLOAT]),
    { name: 'output_shapes', shapes: [undefined] },
  ];
  const nodes: GraphNode[] = [
    placeholder('paths', TF_STRING, [-1]),
    placeholder('shrinkings', TF_INT32, [-1]),
    placeholder('size', TF_INT32, [2]),
    // The dataset keeps these beyond the run, and its threads free them: not what lies in JavaScript's memory.
    owned('shrinkings'),
    owned('size'),
    placeholder('threads', TF_INT64, []),
    placeholder('buffer', TF_INT64, []),
    {
      name: 'slices',
      op: 'TensorSliceDataset',
      inputs: ['paths', 'shrinkings/own'],
      attributes: [
        types('Toutput_types', [TF_STRING, TF_INT32]),
        { name: 'output_shapes', shapes: [[], []] },
      ],
    },
    {
      name: 'pictures',
      op: 'ParallelMapDatasetV2',
      inputs: ['slices', 'size/own', 'threads'],
      attributes: [
        { name: 'f', functions: 'load' },
        types('Targuments', [TF_INT32]),
        string('deterministic', 'true'),
        bool('preserve_cardinality', true),
        ...elements,
      ],
    },
    { name: 'ahead', op: 'PrefetchDataset', inputs: ['pictures', 'buffer'], attributes: elements },
    {
      name: 'options',
      op: 'OptionsDataset',
      inputs: ['ahead'],
      attributes: [string('serialized_options', datasetOptions(threads)), ...elements],
    },
    {
      name: 'iterator',
      op: 'IteratorV2',
      inputs: [],
      attributes: [string('shared_name', ''), string('container', ''), ...elements],
    },
    { name: 'begin', op: 'MakeIterator', inputs: ['options', 'iterator'], attributes: [] },
    numbers('nothing', [0], []),
    {
      name: 'begun',
      op: 'Identity',
      inputs: ['nothing', '^begin'],
      attributes: [type('T', TF_INT32)],
    },
    { name: 'next', op: 'IteratorGetNext', inputs: ['iterator'], attributes: elements },
  ];
  return {
    // Datasets live on the CPU; iterators could live on a GPU too, and would copy each picture there by itself.
    nodes: nodes.map((node) => ({ ...node, device: '/device:CPU:0' })),
    functions: shrinkOnLoad ? [load, ...functions] : [load],
  };
}
