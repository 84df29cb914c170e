import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { onlyShape, SettingsLayer } from './settingsLayer';

/**
 * LayerScale of ConvNeXt: multiplies each channel with a number that is learnt, and is `initValues` at first.
 *
 * Source: keras/src/applications/convnext.py
 */
export class LayerScale extends SettingsLayer<{ initValues: number; projectionDim: number }> {
  static readonly className = 'LayerScale';
  private gamma: tf.LayerVariable | undefined;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const { initValues, projectionDim } = this.settings;
    const initial = tf.initializers.constant({ value: initValues });
    this.gamma = this.addWeight('gamma', [projectionDim], 'float32', initial);
    super.build(onlyShape(inputShape));
  }

  protected override compute(x: tf.Tensor): tf.Tensor {
    return x.mul(this.gamma!.read());
  }
}

registerLayer(LayerScale);
