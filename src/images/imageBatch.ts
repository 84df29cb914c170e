import { tf } from '../tensorflow/tf';
import { chunks } from './chunks';
import type { LabelMode } from './datasetOptions';
import { decodePicture } from './decodePicture';
import type { LabelledPicture } from './listPictures';
import { FILES_AT_ONCE, readPictureFile } from './pictureFile';
import type { Resizing } from './resizing';
import { show } from './show';

/** Pictures `xs`, float32 `[n, height, width, 3]`, 0–255, and labels `ys`, as the label mode says. */
export type ImageBatch = { xs: tf.Tensor4D; ys: tf.Tensor };

/**
 * Reads the pictures of a batch.
 *
 * @param pictures Files and their labels, at least one.
 * @param resizing Size and interpolation, checked.
 * @returns float32 `[n, height, width, 3]`, red, green, blue, 0–255. The caller disposes it.
 * @throws {UnreadablePicture} When a picture cannot be read or decoded; nothing stays in memory then.
 *
 * @example
 * const xs = await readPictures([{ path: 'a.png', label: 0 }], { imageSize: [150, 150], interpolation: 'bilinear' });
 */
export async function readPictures(
  pictures: readonly LabelledPicture[],
  resizing: Required<Resizing>,
): Promise<tf.Tensor4D> {
  const decoded: tf.Tensor3D[] = [];
  try {
    for (const chunk of chunks(pictures, FILES_AT_ONCE)) {
      const contents = await Promise.all(chunk.map(({ path }) => readPictureFile(path)));
      for (const [i, bytes] of contents.entries()) {
        decoded.push(decodePicture(bytes, show(chunk[i]?.path), resizing));
      }
    }
    return tf.stack(decoded) as tf.Tensor4D;
  } finally {
    tf.dispose(decoded);
  }
}

/**
 * Encodes labels for a loss function.
 *
 * @param labels Places in the list of classes.
 * @param labelMode `'binary'`: float32 `[n, 1]`; `'categorical'`: float32 `[n, classes]`, one-hot; `'int'`: int32 `[n]`.
 * @param classes Number of classes.
 * @returns The labels as a tensor. The caller disposes it.
 *
 * @example
 * encodeLabels([0, 1], 'categorical', 3); // [[1, 0, 0], [0, 1, 0]]
 */
export function encodeLabels(
  labels: readonly number[],
  labelMode: LabelMode,
  classes: number,
): tf.Tensor {
  return tf.tidy(() => {
    const integers = tf.tensor1d([...labels], 'int32'); // [n]
    if (labelMode === 'binary') return integers.toFloat().expandDims(1); // [n, 1]
    if (labelMode === 'categorical') return tf.oneHot(integers, classes).toFloat(); // [n, classes]
    return integers;
  });
}
