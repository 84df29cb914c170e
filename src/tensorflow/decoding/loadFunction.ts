import type { GraphFunction, GraphNode } from '../graph/graphNode';
import { attribute, nativeLibrary } from '../native/nativeBackend';
import { UINT8 } from '../native/nativeTensor';
import { type Channels, FIT_PARTS, type Shrinking, SHRINKINGS } from './decodeImage';
import { node, numbers } from './node';

const { bool, int, ints, type, types } = attribute;

/** What a graph is made for. */
export interface DecodingKind {
  interpolation: 'bilinear' | 'nearest';
  /** Whether JPEGs may be made smaller while they are decoded. */
  shrinkOnLoad: boolean;
  /** Whether pictures are cropped or framed, each as its `Fit` says. */
  cropToAspectRatio: boolean;
  padToAspectRatio: boolean;
  channels: Channels;
}

const decoderName = (by: Shrinking) => `decode_by_${by}`;

function imageNode(bytes: string, channels: Channels): GraphNode {
  const form = [int('channels', channels), type('dtype', UINT8)];
  return node('decoded', 'DecodeImage', [bytes], [...form, bool('expand_animations', false)]);
}

/** A function that decodes a file, and makes a JPEG so many times smaller. */
export function decoder(by: Shrinking, channels: Channels): GraphFunction {
  const attributes = [int('channels', channels), int('ratio', by)];
  return {
    name: decoderName(by),
    inputs: [['bytes', nativeLibrary().binding.TF_STRING]],
    outputs: [['image', UINT8, 'decoded:image:0']],
    nodes: [
      by === 1
        ? imageNode('bytes', channels)
        : node('decoded', 'DecodeJpeg', ['bytes'], attributes),
    ],
  };
}

function chooseDecoder(): GraphNode {
  const branches = { name: 'branches', functions: SHRINKINGS.map(decoderName) };
  const attributes = [
    types('Tin', [nativeLibrary().binding.TF_STRING]),
    types('Tout', [UINT8]),
    branches,
  ];
  return node('decoded', 'StatelessCase', ['shrinking', 'bytes:contents:0'], attributes);
}

/** The function that makes a picture of a path. */
export function loadFunction(kind: DecodingKind): GraphFunction {
  const { interpolation, shrinkOnLoad } = kind;
  const isFitted = kind.cropToAspectRatio || kind.padToAspectRatio;
  const decoded = shrinkOnLoad ? 'decoded:output:0' : 'decoded:image:0';
  const part = isFitted ? 'cropped:output:0' : decoded;
  const floats = interpolation === 'nearest' ? 'floats:y:0' : 'resized:resized_images:0';
  const { TF_FLOAT, TF_INT32, TF_STRING } = nativeLibrary().binding;
  return {
    name: 'load',
    inputs: [
      ['path', TF_STRING],
      ['shrinking', TF_INT32],
      ['fit', TF_INT32],
      ['size', TF_INT32],
    ],
    outputs: [['picture', TF_FLOAT, isFitted ? 'framed:output:0' : 'picture:output:0']],
    nodes: [
      node('bytes', 'ReadFile', ['path']),
      shrinkOnLoad ? chooseDecoder() : imageNode('bytes:contents:0', kind.channels),
      numbers('axis', [0], []),
      ...(isFitted ? croppingNodes(decoded) : []),
      node(
        'batch',
        'ExpandDims',
        [part, 'axis:output:0'],
        [type('T', UINT8), type('Tdim', TF_INT32)],
      ),
      ...resizingNodes(interpolation, isFitted ? 'fits:output:2' : 'size'),
      node('picture', 'Squeeze', [floats], [type('T', TF_FLOAT), ints('squeeze_dims', [0])]),
      ...(isFitted ? framingNodes() : []),
    ],
  };
}

/** Cuts out of a decoded picture what its `fit` says, and takes that row apart. */
function croppingNodes(decoded: string): GraphNode[] {
  const { TF_INT32 } = nativeLibrary().binding;
  const split = [type('T', TF_INT32), type('Tlen', TF_INT32), int('num_split', FIT_PARTS.length)];
  const slice = [type('T', UINT8), type('Index', TF_INT32)];
  return [
    numbers('lengths', FIT_PARTS, [FIT_PARTS.length]),
    node('fits', 'SplitV', ['fit', 'lengths:output:0', 'axis:output:0'], split),
    node('cropped', 'Slice', [decoded, 'fits:output:0', 'fits:output:1'], slice),
  ];
}

/** Puts zeros around the resized picture. */
function framingNodes(): GraphNode[] {
  const { TF_FLOAT, TF_INT32 } = nativeLibrary().binding;
  const reshape = [type('T', TF_INT32), type('Tshape', TF_INT32)];
  const pad = [type('T', TF_FLOAT), type('Tpaddings', TF_INT32)];
  return [
    numbers('table', [3, 2], [2]),
    node('around', 'Reshape', ['fits:output:3', 'table:output:0'], reshape),
    node('framed', 'Pad', ['picture:output:0', 'around:output:0'], pad),
  ];
}

function resizingNodes(interpolation: DecodingKind['interpolation'], size: string): GraphNode[] {
  const isNearest = interpolation === 'nearest';
  const op = isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  const centres = [bool('align_corners', false), bool('half_pixel_centers', true)];
  const resized = node('resized', op, ['batch:output:0', size], [type('T', UINT8), ...centres]);
  const cast = [type('SrcT', UINT8), attribute.float('DstT')];
  return isNearest
    ? [resized, node('floats', 'Cast', ['resized:resized_images:0'], cast)]
    : [resized];
}
