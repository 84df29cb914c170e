import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/** Keras' operation Stack, which tfjs has not as a layer: joins tensors of one shape along a new axis. */
export class Stack extends SettingsLayer<{ axis: number }> {
  static readonly className = 'Stack';

  override computeOutputShape(inputShape: tf.Shape[]): tf.Shape {
    const { axis } = this.settings;
    const shape = [...inputShape[0]!];
    shape.splice(axis < 0 ? axis + shape.length + 1 : axis, 0, inputShape.length);
    return shape;
  }

  protected override compute(...inputs: tf.Tensor[]): tf.Tensor {
    return tf.stack(inputs, this.settings.axis);
  }
}

registerLayer(Stack);
