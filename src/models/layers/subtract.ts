import type { LayerArgs } from './layerClass';
import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';

/** Keras' layer Subtract, which tfjs has not: the first of two inputs minus the second. */
export class Subtract extends tf.layers.Layer {
  static readonly className = 'Subtract';

  constructor(args: LayerArgs) {
    super(args);
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape);
  }

  override call(inputs: tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const [a, b] = inputs as [tf.Tensor, tf.Tensor];
      return a.sub(b);
    });
  }
}

/** The shape of what is computed entry by entry from tensors of several shapes; a size of null may be any. */
export function broadcastShape(shapes: readonly tf.Shape[]): tf.Shape {
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = shapes.map((shape) => shape[i - (rank - shape.length)]);
    const fixed = sizes.find((size) => size != null && size !== 1);
    return fixed ?? (sizes.includes(null) ? null : 1);
  });
}

registerLayer(Subtract);
