import { opAttributes, type OpAttribute } from '../native/nativeBackend';
import { nativeLibrary, UINT8 } from '../native/nativeTensor';

/** How many times smaller a JPEG can become while it is decoded: `ratio` of the op `DecodeJpeg`. */
export const SHRINKINGS = [1, 2, 4, 8] as const;

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
export function decodeImage(bytes: Buffer, shrinking: Shrinking, channels: 3 | 4): number {
  const { binding } = nativeLibrary();
  const { bool, int, type } = opAttributes(nativeLibrary());
  const contents = binding.createTensor([], binding.TF_STRING, [bytes] as unknown as Uint8Array);
  const [op, attributes] =
    shrinking === 1
      ? ['DecodeImage', [type('dtype', UINT8), bool('expand_animations', false)]]
      : ['DecodeJpeg', [int('ratio', shrinking)]];
  return consuming(contents, () => run(op, [int('channels', channels), ...attributes], [contents]));
}

/**
 * Brings a decoded picture to a size with the op of Keras' loader: half-pixel centres, no antialiasing.
 *
 * @param image the binding's number of a tensor, uint8 `[h, w, 3]`; it is deleted
 * @returns the number of a new one, float32 `[height, width, 3]`, which the caller deletes
 */
export function resizeImage(
  image: number,
  [height, width]: readonly [number, number],
  interpolation: 'bilinear' | 'nearest',
): number {
  const { binding } = nativeLibrary();
  const { TF_FLOAT, TF_INT32 } = binding;
  const { bool, ints, type } = opAttributes(nativeLibrary());
  const axis = binding.createTensor([], TF_INT32, Int32Array.of(0));
  const one = [type('T', UINT8), type('Tdim', TF_INT32)];
  const batch = consuming(image, () =>
    consuming(axis, () => run('ExpandDims', one, [image, axis])),
  );
  const size = binding.createTensor([2], TF_INT32, Int32Array.of(height, width));
  const centres = [bool('align_corners', false), bool('half_pixel_centers', true)];
  const isNearest = interpolation === 'nearest';
  const op = isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  const resized = consuming(batch, () =>
    consuming(size, () => run(op, [type('T', UINT8), ...centres], [batch, size])),
  );
  const cast = [type('SrcT', isNearest ? UINT8 : TF_FLOAT), type('DstT', TF_FLOAT)];
  const floats = consuming(resized, () => run('Cast', cast, [resized]));
  const squeeze = [type('T', TF_FLOAT), ints('squeeze_dims', [0])];
  return consuming(floats, () => run('Squeeze', squeeze, [floats]));
}

function run(op: string, attributes: OpAttribute[], inputs: number[]): number {
  return nativeLibrary().binding.executeOp(op, attributes, inputs, 1)[0]!.id;
}

/** Deletes a tensor after it was used, also when that throws. */
function consuming(id: number, use: () => number): number {
  try {
    return use();
  } finally {
    nativeLibrary().binding.deleteTensor(id);
  }
}
