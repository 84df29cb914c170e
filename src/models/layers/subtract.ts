import type { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/** Keras' layer Subtract, which tfjs has not: the first of two inputs minus the second. */
export class Subtract extends SettingsLayer {
  static readonly className = 'Subtract';

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    return broadcastShape(inputShape);
  }

  protected override compute(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return a.sub(b);
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
