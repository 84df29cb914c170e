import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';

import { tf } from '../tensorflow/tf';
import { checkHeader } from './pictureFile';
import type { Resizing } from './resizing';
import { show } from './show';
import { type Shrinking, shrinkingOf } from './shrinking';
import { UnreadablePicture } from './UnreadablePicture';

/**
 * Decodes a picture and brings it to a size, with the pixel values that Keras' loader gives: alpha is dropped before
 * resizing, the rotation noted in a photograph's EXIF data is ignored, an animation gives its first picture.
 *
 * @param bytes A PNG, JPEG, GIF, BMP or WebP.
 * @param name What to call the picture in an error.
 * @param resizing Size, interpolation and `shrinkOnLoad`, checked; with the latter the values are not those of Keras.
 * @returns float32 `[height, width, 3]`, red, green, blue, 0–255. The caller disposes it.
 * @throws {UnreadablePicture} When the bytes are no picture, damaged, cut off, or too large to decode.
 *
 * @example
 * decodePicture(bytes, '"face.png"', checkedResizing('Cannot load', { imageSize: [150, 150] }));
 */
export function decodePicture(
  bytes: Buffer,
  name: string,
  resizing: Required<Resizing>,
): tf.Tensor3D {
  const { imageSize, interpolation } = resizing;
  const resize =
    interpolation === 'nearest' ? tf.image.resizeNearestNeighbor : tf.image.resizeBilinear;
  const size: [number, number] = [...imageSize];
  try {
    const shrinking = shrinkingOf(checkHeader(bytes), resizing);
    return tf.tidy(() => resize(decode(bytes, shrinking), size, false, true).toFloat());
  } catch (error) {
    throw new UnreadablePicture(name, (error as Error).message, { cause: error });
  }
}

/**
 * The op behind Keras' `tf.io.decode_image`. `tf.node.decodeImage` decodes all frames of an animation, and no WebP.
 *
 * @param shrinking Only a JPEG can be shrunk.
 * @returns `[h, w, 3]` in the picture's own size, divided by `shrinking`. To tfjs it is int32, in TensorFlow it is uint8 and takes a quarter.
 */
function decode(bytes: Buffer, shrinking: Shrinking): tf.Tensor3D {
  const backend = tf.backend() as NodeJSKernelBackend;
  const { TF_ATTR_BOOL, TF_ATTR_INT, TF_ATTR_TYPE, TF_UINT8 } = backend.binding;
  const channels = { name: 'channels', type: TF_ATTR_INT, value: 3 };
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
  const contents = tf.scalar(bytes as unknown as string, 'string');
  try {
    return backend.executeSingleOutput(op, [channels, ...attributes], [contents]) as tf.Tensor3D;
  } catch (error) {
    const [, said] = (error as Error).message.split('Message: ');
    throw new Error(`it is cut off, damaged or of a rare kind (TensorFlow: ${show(said)})`, {
      cause: error,
    });
  }
}
