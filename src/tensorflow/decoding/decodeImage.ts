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

/** A rectangle of pixels. */
export interface Box {
  top: number;
  left: number;
  height: number;
  width: number;
}

/**
 * Brings a decoded picture to a size with the op of Keras' loader: half-pixel centres, no antialiasing.
 *
 * @param image the binding's number of a tensor, uint8 `[h, w, 3]`; it is deleted
 * @param to.crop what of it is resized; the whole when left out
 * @param to.frame where that then lies in what is returned, with zeros around it; it fills it when left out
 * @returns the number of a new one, float32 `[height, width, 3]`, which the caller deletes
 */
export function resizeImage(
  image: number,
  to: {
    imageSize: readonly [height: number, width: number];
    interpolation: 'bilinear' | 'nearest';
    crop?: Box;
    frame?: Box;
  },
): number {
  const { TF_FLOAT, TF_INT32 } = nativeLibrary().binding;
  const { bool, ints, type } = opAttributes(nativeLibrary());
  const { crop, frame } = to;
  const part = crop ? cropped(image, crop) : image;
  const [height, width] = frame ? [frame.height, frame.width] : to.imageSize;
  const one = [type('T', UINT8), type('Tdim', TF_INT32)];
  const batch = consuming(part, () =>
    consuming(integers([], 0), (axis) => run('ExpandDims', one, [part, axis])),
  );
  const centres = [bool('align_corners', false), bool('half_pixel_centers', true)];
  const isNearest = to.interpolation === 'nearest';
  const op = isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  const resized = consuming(batch, () =>
    consuming(integers([2], height, width), (size) =>
      run(op, [type('T', UINT8), ...centres], [batch, size]),
    ),
  );
  const cast = [type('SrcT', isNearest ? UINT8 : TF_FLOAT), type('DstT', TF_FLOAT)];
  const floats = consuming(resized, () => run('Cast', cast, [resized]));
  const squeeze = [type('T', TF_FLOAT), ints('squeeze_dims', [0])];
  const picture = consuming(floats, () => run('Squeeze', squeeze, [floats]));
  return frame ? framed(picture, frame, to.imageSize) : picture;
}

/** @param image is deleted */
function cropped(image: number, { top, left, height, width }: Box): number {
  const { type } = opAttributes(nativeLibrary());
  const attributes = [type('T', UINT8), type('Index', nativeLibrary().binding.TF_INT32)];
  return consuming(image, () =>
    consuming(integers([3], top, left, 0), (begin) =>
      consuming(integers([3], height, width, -1), (size) =>
        run('Slice', attributes, [image, begin, size]),
      ),
    ),
  );
}

/** @param picture is deleted */
function framed(
  picture: number,
  { top, left, height, width }: Box,
  [outerHeight, outerWidth]: readonly [number, number],
): number {
  const { TF_FLOAT, TF_INT32 } = nativeLibrary().binding;
  const { type } = opAttributes(nativeLibrary());
  const below = outerHeight - top - height;
  const beside = outerWidth - left - width;
  const around = integers([3, 2], top, below, left, beside, 0, 0);
  const attributes = [type('T', TF_FLOAT), type('Tpaddings', TF_INT32)];
  return consuming(picture, () =>
    consuming(around, () => run('Pad', attributes, [picture, around])),
  );
}

function integers(shape: number[], ...values: number[]): number {
  const { binding } = nativeLibrary();
  return binding.createTensor(shape, binding.TF_INT32, Int32Array.from(values));
}

function run(op: string, attributes: OpAttribute[], inputs: number[]): number {
  return nativeLibrary().binding.executeOp(op, attributes, inputs, 1)[0]!.id;
}

/** Deletes a tensor after it was used, also when that throws. */
function consuming(id: number, use: (id: number) => number): number {
  try {
    return use(id);
  } finally {
    nativeLibrary().binding.deleteTensor(id);
  }
}
