import {
  type Channels,
  decodeImage,
  resizeImage,
  type Shrinking,
} from '../../tensorflow/decoding/decodeImage';
import {
  castTensor,
  deleteNative,
  nativeValues,
  tensorFromNative,
} from '../../tensorflow/native/nativeTensor';
import type { tf } from '../../tensorflow/tf';
import type { Rgb } from '../formats/background';
import { checkHeader } from '../formats/pictureFile';
import type { CheckedResizing } from '../formats/resizing';
import { fittingOf } from './fittingOf';
import { gifOver, pixelsOver } from './decodeOver';
import { pictureSize } from '../formats/pictureSize';
import { whyRefused } from './whyRefused';
import { shrinkingOf } from './shrinkingOf';
import { UnreadablePicture } from '../formats/UnreadablePicture';

/**
 * Decodes a picture and brings it to a size, with the pixel values that Keras' loader gives: alpha is dropped before
 * resizing, unless there is a background to lay the picture on, the rotation noted in a photograph's EXIF data is ignored, an animation gives its first picture.
 *
 * @param bytes a PNG, JPEG, GIF, BMP or WebP
 * @param name what to call the picture in an error
 * @param resizing checked; with `shrinkOnLoad` or a background the values are not those of Keras
 * @returns float32 `[height, width, channels]`, 0–255. The caller disposes it
 * @throws {UnreadablePicture} when the bytes are no picture, none of that color mode, damaged, cut off, or too large to decode
 *
 * @example
 * decodePicture(bytes, '"face.png"', checkedResizing('Cannot load', { imageSize: [150, 150] }));
 */
export function decodePicture(bytes: Buffer, name: string, resizing: CheckedResizing): tf.Tensor3D {
  const id = decodeNatively(bytes, name, resizing);
  return tensorFromNative(id, [...resizing.imageSize, resizing.channels]) as tf.Tensor3D;
}

/**
 * As `decodePicture`.
 *
 * @returns the binding's number of a new tensor; the caller deletes it
 */
export function decodeNatively(bytes: Buffer, name: string, resizing: CheckedResizing): number {
  try {
    const header = checkHeader(bytes, resizing.colorMode);
    const shrinking = shrinkingOf(header, resizing);
    const background = header.mayBeTransparent ? resizing.background : undefined;
    const decoded = decode(bytes, shrinking, resizing.channels, background);
    const fit = fittingOf(header.size, shrinking, resizing);
    return resizeImage(decoded, resizing.imageSize, resizing.interpolation, fit);
  } catch (error) {
    throw new UnreadablePicture(name, (error as Error).message, { cause: error });
  }
}

/**
 * @param shrinking only a JPEG can be shrunk
 * @param background what a transparent PNG, GIF or BMP is laid on
 * @returns uint8 `[h, w, channels]` in the picture's own size, divided by `shrinking`
 */
function decode(
  bytes: Buffer,
  shrinking: Shrinking,
  channels: Channels,
  background: Rgb | undefined,
): number {
  const isGif = bytes[0] === 0x47; // G
  try {
    if (!background) return decodeImage(bytes, shrinking, channels);
    if (isGif) return decodeImage(gifOver(bytes, background), shrinking, channels);
    const rgba = decodeImage(bytes, shrinking, 4);
    try {
      const greys = channels === 1 ? greysOf(bytes) : undefined;
      return pixelsOver(rgba, greys, pictureSize(bytes)!, background);
    } finally {
      deleteNative(rgba);
    }
  } catch (error) {
    const [, said] = (error as Error).message.split('Message: ');
    throw new Error(whyRefused(bytes, said), { cause: error });
  }
}

/** The greys of a picture, 0–255, row by row. */
function greysOf(bytes: Buffer): Float32Array {
  const grey = decodeImage(bytes, 1, 1);
  const floats = castTensor(grey, 'float32');
  deleteNative(grey);
  try {
    return nativeValues(floats);
  } finally {
    deleteNative(floats);
  }
}
