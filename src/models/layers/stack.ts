import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';

/** Keras' operation Stack, which tfjs has not as a layer: joins tensors of one shape along a new axis. */
export class Stack extends tf.layers.Layer {
  static readonly className = 'Stack';
  private readonly axis: number;

  constructor({ axis, ...args }: LayerArgs & { axis: number }) {
    super(args);
    this.axis = axis;
  }

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    const shape = [...inputShape[0]!];
    shape.splice(this.axis < 0 ? this.axis + shape.length + 1 : this.axis, 0, inputShape.length);
    return shape;
  }

  override call(inputs: tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => tf.stack(inputs, this.axis));
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), axis: this.axis };
  }
}

registerLayer(Stack);
