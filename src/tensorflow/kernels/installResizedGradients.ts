import { tf } from '../native/tfjs';
import { replaceGradient } from './replaceKernel';

type Size = [height: number, width: number];

/** What tfjs's op writes into the attributes of a resizing. */
interface ResizeAttributes {
  halfPixelCenters: boolean;
  size: Size;
}

/**
 * Gives resizing between the middles of pixels, as Keras resizes, its own gradient: tfjs takes that of resizing between their
 * corners.
 *
 * Resizing multiplies rows and columns with a matrix each, which it makes of the identity; its gradient multiplies with the
 * same ones, transposed.
 */
export function installResizedGradients(): void {
  for (const op of ['ResizeBilinear', 'ResizeNearestNeighbor']) {
    replaceGradient(op, (stock) => ({
      ...stock,
      gradFunc: (dy, saved, attributes) => {
        const { halfPixelCenters, size } = attributes as unknown as ResizeAttributes;
        if (!halfPixelCenters) return stock.gradFunc(dy, saved, attributes);
        const [count, height, width, channels] = saved[0]!.shape as [
          number,
          number,
          number,
          number,
        ];
        const matrix = (from: number, to: number) => {
          const images = tf.reshape(tf.eye(from), [1, from, from, 1]);
          const sized = { ...attributes, size: [to, from] };
          const resized = tf.engine().runKernel(op, { images }, sized) as tf.Tensor;
          return tf.reshape(resized, [to, from]);
        };
        const images = () => {
          const wide = tf.reshape(dy as tf.Tensor, [count, size[0], size[1] * channels]);
          const rows = tf.matMul(matrix(height, size[0]), wide, true);
          const high = tf.reshape(rows, [count * height, size[1], channels]);
          return tf.reshape(tf.matMul(matrix(width, size[1]), high, true), saved[0]!.shape);
        };
        return { images };
      },
    }));
  }
}
