import type { GraphAttribute, GraphFunction, GraphNode } from '../graph/graphNode';
import { attribute, nativeLibrary } from '../native/nativeBackend';
import { FIT_PARTS, SHRINKINGS } from './decodeImage';
import { decoder, type DecodingKind, loadFunction } from './loadFunction';
import { node, numbers } from './node';

const { bool, shape, string, type, types } = attribute;

/**
 * What tf.data is to leave: no tuning thread, no rewriting of so small a graph; and threads of its own for decoding, so
 * that a picture of 50 ms does not stand in the way of a training step's ops. Bytes of the message `Options` in
 * tensorflow/core/framework/dataset_options.proto: optimization_options.apply_default_optimizations = false,
 * threading_options = { max_intra_op_parallelism: 1, private_threadpool_size }, autotune_options.enabled = false.
 */
const datasetOptions = (threads: number) =>
  `\x1a\x02\x08\x00` + `\x2a\x04\x08\x01\x10${String.fromCharCode(threads)}` + `\x3a\x02\x08\x00`;

/** How many numbers say how one picture is fitted. */
export const FIT_LENGTH = FIT_PARTS.reduce((sum, length) => sum + length);

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
 * Run "begun" with `paths`, `shrinkings` (indices in `SHRINKINGS`), `fits` (`fitParts`, a row a picture), `size` ([height, width]), `threads` and `buffer`, the
 * number of pictures that wait; then "next" once for each picture, in this order. It is float32 `[height, width, channels]`;
 * reading or decoding may fail for one picture, and the next one comes all the same.
 *
 * @param threads how many pictures are decoded at a time, 1 to `MAX_THREADS`
 */
export function decodingGraph(
  kind: DecodingKind,
  threads: number,
): { nodes: GraphNode[]; functions: GraphFunction[] } {
  const load = loadFunction(kind);
  return {
    // Datasets live on the CPU; iterators could live on a GPU too, and would copy each picture there by itself.
    nodes: datasetNodes(threads).map((node) => ({ ...node, device: '/device:CPU:0' })),
    functions: kind.shrinkOnLoad
      ? [load, ...SHRINKINGS.map((by) => decoder(by, kind.channels))]
      : [load],
  };
}

/** What begins the dataset and takes the next picture of it. */
function iteratorNodes(elements: GraphAttribute[]): GraphNode[] {
  const { TF_INT32 } = nativeLibrary().binding;
  const names = [string('shared_name', ''), string('container', '')];
  return [
    node('iterator', 'IteratorV2', [], [...names, ...elements]),
    node('begin', 'MakeIterator', ['options', 'iterator']),
    numbers('nothing', [0], []),
    node('begun', 'Identity', ['nothing', '^begin'], [type('T', TF_INT32)]),
    node('next', 'IteratorGetNext', ['iterator'], elements),
  ];
}

/** The dataset and its iterator. */
function datasetNodes(threads: number): GraphNode[] {
  const { TF_FLOAT, TF_INT32, TF_INT64, TF_STRING } = nativeLibrary().binding;
  const placeholder = (name: string, dtype: number, sizes: number[]) =>
    node(name, 'Placeholder', [], [type('dtype', dtype), shape('shape', sizes)]);
  // The dataset keeps these beyond the run, and its threads free them: not what lies in JavaScript's memory.
  const owned = (name: string) => node(`${name}/own`, 'DeepCopy', [name], [type('T', TF_INT32)]);
  const options = string('serialized_options', datasetOptions(threads));
  const elements = [
    types('output_types', [TF_FLOAT]),
    { name: 'output_shapes', shapes: [undefined] },
  ];
  return [
    placeholder('paths', TF_STRING, [-1]),
    placeholder('shrinkings', TF_INT32, [-1]),
    placeholder('fits', TF_INT32, [-1, FIT_LENGTH]),
    placeholder('size', TF_INT32, [2]),
    owned('shrinkings'),
    owned('fits'),
    owned('size'),
    placeholder('threads', TF_INT64, []),
    placeholder('buffer', TF_INT64, []),
    node(
      'slices',
      'TensorSliceDataset',
      ['paths', 'shrinkings/own', 'fits/own'],
      [
        types('Toutput_types', [TF_STRING, TF_INT32, TF_INT32]),
        { name: 'output_shapes', shapes: [[], [], [FIT_LENGTH]] },
      ],
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
    node('options', 'OptionsDataset', ['ahead'], [options, ...elements]),
    ...iteratorNodes(elements),
  ];
}
