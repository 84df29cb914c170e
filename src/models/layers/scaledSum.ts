import type { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/**
 * CustomScaleLayer of InceptionResNetV2: the first of two inputs plus the second times `scale`.
 *
 * Source: keras/src/applications/inception_resnet_v2.py
 */
export class ScaledSum extends SettingsLayer<{ scale: number }> {
  static readonly className = 'ScaledSum';

  protected override compute(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
    return a.add(b.mul(this.settings.scale));
  }
}

registerLayer(ScaledSum);
