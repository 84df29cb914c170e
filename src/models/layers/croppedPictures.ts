import { tf } from '../../tensorflow/tf';
import { onlyShape } from './settingsLayer';

/** Height and width. */
export type OutputSize = [height: number, width: number];

/** The shape of pictures, [n, h, w, c], that a layer gives another size. */
export function shapeOfSize(
  inputShape: tf.Shape,
  { height, width }: { height: number; width: number },
): tf.Shape {
  const [count, , , channels] = onlyShape(inputShape);
  return [count!, height, width, channels!];
}

/** The largest part of a picture, in its middle, that has the aspect ratio of a size. */
export function cropToAspect(x: tf.Tensor4D, [height, width]: OutputSize): tf.Tensor4D {
  const [, h, w] = x.shape;
  const cropHeight = Math.max(Math.min(h, Math.trunc((w * height) / width)), 1);
  const cropWidth = Math.max(Math.min(w, Math.trunc((h * width) / height)), 1);
  return crop(x, [cropHeight, cropWidth]);
}

/** The middle of a picture. */
export function crop(x: tf.Tensor4D, [height, width]: OutputSize): tf.Tensor4D {
  const [, h, w] = x.shape;
  const top = Math.trunc((h - height) / 2);
  const left = Math.trunc((w - width) / 2);
  return x.slice([0, top, left, 0], [-1, height, width, -1]);
}

/** The picture in the middle of a wider or higher one that has the aspect ratio of a size, as Keras pads it. */
export function padToAspect(
  x: tf.Tensor4D,
  [height, width]: OutputSize,
  value: number,
): tf.Tensor4D {
  const [, h, w] = x.shape;
  const padHeight = Math.max(h, Math.trunc((w * height) / width));
  const padWidth = Math.max(w, Math.trunc((h * width) / height));
  const top = Math.trunc((padHeight - h) / 2);
  const left = Math.trunc((padWidth - w) / 2);
  return x.pad(
    [
      [0, 0],
      [top, top],
      [left, left],
      [0, 0],
    ],
    value,
  );
}

/** Resizes as `tf.image.resize` of TensorFlow 2 does, which takes a pixel's value at its middle. */
export function resize(x: tf.Tensor4D, size: OutputSize, interpolation: string): tf.Tensor4D {
  return interpolation === 'nearest'
    ? tf.image.resizeNearestNeighbor(x, size, false, true)
    : tf.image.resizeBilinear(x, size, false, true);
}
