import { attribute, nativeLibrary, type OpAttribute } from '../native/nativeBackend';
import { deleteNative, nativeStrings, nativeTensor, runOp, UINT8 } from '../native/nativeTensor';

/** How many times smaller a JPEG can become while it is decoded: `ratio` of the op `DecodeJpeg`. */
export const SHRINKINGS = [1, 2, 4, 8] as const;

/** Numbers a pixel: a grey; red, green and blue; these and alpha. */
export type Channels = 1 | 3 | 4;

export type Shrinking = (typeof SHRINKINGS)[number];

/**
 * The op behind Keras' `tf.io.decode_image`. `tf.node.decodeImage` decodes all frames of an animation, and no WebP.
 *
 * @param bytes a whole file
 * @param shrinking more than 1 for a JPEG alone
 * @returns the binding's number of a new tensor, uint8 `[height, width, channels]`, each side divided by `shrinking`;
 *   the caller deletes it
 * @throws {Error} with what TensorFlow says behind «Message: »
 */
export function decodeImage(bytes: Buffer, shrinking: Shrinking, channels: Channels): number {
  const { bool, int, type } = attribute;
  const [op, attributes] =
    shrinking === 1
      ? ['DecodeImage', [type('dtype', UINT8), bool('expand_animations', false)]]
      : ['DecodeJpeg', [int('ratio', shrinking)]];
  return apply(op, [int('channels', channels), ...attributes], nativeStrings([bytes], []));
}

/** A rectangle of pixels. */
export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

/** What of a picture is resized, and where in the input that then lies, with zeros around it; all where it is left out. */
export interface Fit {
  crop?: Box;
  frame?: Box;
}

/** How many numbers each of `fitParts` has. */
export const FIT_PARTS = [3, 3, 2, 6];

/** A `Fit` as the ops take it: begin and size of the crop, the size to which it is resized, the zeros around it. */
export function fitParts(
  { crop, frame }: Fit,
  [height, width]: readonly [number, number],
): [begin: number[], extent: number[], size: number[], around: number[]] {
  const inner = frame ?? { top: 0, left: 0, height, width };
  const below = height - inner.top - inner.height;
  const beside = width - inner.left - inner.width;
  return [
    crop ? [crop.top, crop.left, 0] : [0, 0, 0],
    crop ? [crop.height, crop.width, -1] : [-1, -1, -1],
    [inner.height, inner.width],
    [inner.top, below, inner.left, beside, 0, 0],
  ];
}

/**
 * Brings a decoded picture to a size with the op of Keras' loader: half-pixel centres, no antialiasing.
 *
 * @param image the binding's number of a tensor, uint8 `[h, w, channels]`; it is deleted
 * @returns the number of a new one, float32 `[height, width, channels]`, which the caller deletes
 */
export function resizeImage(
  image: number,
  imageSize: readonly [height: number, width: number],
  interpolation: 'bilinear' | 'nearest',
  fit: Fit,
): number {
  const { TF_FLOAT, TF_INT32 } = nativeLibrary().binding;
  const { bool, ints, type } = attribute;
  const [begin, extent, size, around] = fitParts(fit, imageSize);
  const slice = [type('T', UINT8), type('Index', TF_INT32)];
  const part = fit.crop
    ? apply('Slice', slice, image, integers([3], begin), integers([3], extent))
    : image;
  const expand = [type('T', UINT8), type('Tdim', TF_INT32)];
  const batch = apply('ExpandDims', expand, part, integers([], [0]));
  const centres = [bool('align_corners', false), bool('half_pixel_centers', true)];
  const isNearest = interpolation === 'nearest';
  const op = isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  const resized = apply(op, [type('T', UINT8), ...centres], batch, integers([2], size));
  const cast = [type('SrcT', isNearest ? UINT8 : TF_FLOAT), type('DstT', TF_FLOAT)];
  const floats = apply('Cast', cast, resized);
  const squeeze = [type('T', TF_FLOAT), ints('squeeze_dims', [0])];
  const picture = apply('Squeeze', squeeze, floats);
  const pad = [type('T', TF_FLOAT), type('Tpaddings', TF_INT32)];
  return fit.frame ? apply('Pad', pad, picture, integers([3, 2], around)) : picture;
}

function integers(shape: number[], values: number[]): number {
  return nativeTensor(Int32Array.from(values), shape);
}

/** Runs an op, and deletes what it was given, also when it throws. */
function apply(op: string, attributes: OpAttribute[], ...inputs: number[]): number {
  try {
    return runOp(op, attributes, inputs);
  } finally {
    inputs.forEach(deleteNative);
  }
}
