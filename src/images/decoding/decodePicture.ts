import { opAttributes, type OpAttribute } from '../../tensorflow/native/nativeBackend';
import { nativeLibrary, tensorFromNative } from '../../tensorflow/native/nativeTensor';
import type { tf } from '../../tensorflow/tf';
import type { Rgb } from '../formats/background';
import { checkHeader } from '../formats/pictureFile';
import type { CheckedResizing } from '../formats/resizing';
import { gifOver, pixelsOver } from './decodeOver';
import { pictureSize } from '../formats/pictureSize';
import { refusal } from './refusal';
import { type Shrinking, shrinkingOf } from './shrinking';
import { UnreadablePicture } from '../formats/UnreadablePicture';

/**
 * Decodes a picture and brings it to a size, with the pixel values that Keras' loader gives: alpha is dropped before
 * resizing, unless there is a background to lay the picture on, the rotation noted in a photograph's EXIF data is ignored, an animation gives its first picture.
 *
 * @param bytes A PNG, JPEG, GIF, BMP or WebP.
 * @param name What to call the picture in an error.
 * @param resizing Checked; with `shrinkOnLoad` or a background the values are not those of Keras.
 * @returns float32 `[height, width, 3]`, red, green, blue, 0–255. The caller disposes it.
 * @throws {UnreadablePicture} When the bytes are no picture, damaged, cut off, or too large to decode.
 *
 * @example
 * decodePicture(bytes, '"face.png"', checkedResizing('Cannot load', { imageSize: [150, 150] }));
 */
export function decodePicture(bytes: Buffer, name: string, resizing: CheckedResizing): tf.Tensor3D {
  const id = decodeNatively(bytes, name, resizing);
  return tensorFromNative(id, [...resizing.imageSize, 3]) as tf.Tensor3D;
}

/**
 * As `decodePicture`.
 *
 * @returns The binding's number of a new tensor; the caller deletes it.
 */
export function decodeNatively(bytes: Buffer, name: string, resizing: CheckedResizing): number {
  try {
    const header = checkHeader(bytes);
    const shrinking = shrinkingOf(header, resizing);
    return resize(
      decode(bytes, shrinking, header.mayBeTransparent ? resizing.background : undefined),
      resizing,
    );
  } catch (error) {
    throw new UnreadablePicture(name, (error as Error).message, { cause: error });
  }
}

/**
 * The op behind Keras' `tf.io.decode_image`. `tf.node.decodeImage` decodes all frames of an animation, and no WebP.
 *
 * @param shrinking Only a JPEG can be shrunk.
 * @param background What a transparent PNG, GIF or BMP is laid on.
 * @returns uint8 `[1, h, w, 3]` in the picture's own size, divided by `shrinking`.
 */
function decode(bytes: Buffer, shrinking: Shrinking, background: Rgb | undefined): number {
  const { binding } = nativeLibrary();
  const { TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_TYPE, TF_INT32, TF_STRING, TF_UINT8 } = binding;
  const isGif = bytes[0] === 0x47; // G
  const isLaid = background !== undefined && !isGif;
  const channels = { name: 'channels', type: TF_ATTR_INT, value: isLaid ? 4 : 3 };
  const [op, attributes] =
    shrinking === 1
      ? [
          'DecodeImage',
          [
            { name: 'dtype', type: TF_ATTR_TYPE, value: TF_UINT8 },
            { name: 'expand_animations', type: TF_ATTR_BOOL, value: false },
          ],
        ]
      : ['DecodeJpeg', [{ name: 'ratio', type: TF_ATTR_INT, value: shrinking }]];
  const encoded = background && isGif ? gifOver(bytes, background) : bytes;
  const contents = binding.createTensor([], TF_STRING, [encoded] as unknown as Uint8Array);
  const axis = binding.createTensor([], TF_INT32, Int32Array.of(0));
  try {
    const decoded = run(op, [channels, ...attributes], [contents]);
    const image = isLaid
      ? consuming(decoded, () => pixelsOver(decoded, pictureSize(bytes)!, background))
      : decoded;
    const types = [
      { name: 'T', type: TF_ATTR_TYPE, value: TF_UINT8 },
      { name: 'Tdim', type: TF_ATTR_TYPE, value: TF_INT32 },
    ];
    return consuming(image, () => run('ExpandDims', types, [image, axis]));
  } catch (error) {
    const [, said] = (error as Error).message.split('Message: ');
    throw new Error(refusal(bytes, said), { cause: error });
  } finally {
    for (const id of [contents, axis]) binding.deleteTensor(id);
  }
}

/** @returns float32 `[height, width, 3]`; `images` is deleted. */
function resize(images: number, { imageSize, interpolation }: CheckedResizing): number {
  const { binding } = nativeLibrary();
  const { TF_FLOAT, TF_INT32, TF_UINT8 } = binding;
  const { bool, ints, type } = opAttributes(nativeLibrary());
  const size = binding.createTensor([2], TF_INT32, Int32Array.from(imageSize));
  const attributes = [
    type('T', TF_UINT8),
    bool('align_corners', false),
    bool('half_pixel_centers', true),
  ];
  const isNearest = interpolation === 'nearest';
  const op = isNearest ? 'ResizeNearestNeighbor' : 'ResizeBilinear';
  const resized = consuming(images, () =>
    consuming(size, () => run(op, attributes, [images, size])),
  );
  const cast = [type('SrcT', isNearest ? TF_UINT8 : TF_FLOAT), type('DstT', TF_FLOAT)];
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
