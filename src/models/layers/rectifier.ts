import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

export interface RectifierSettings {
  /** The output is at most so much; null for no limit. */
  maxValue: number | null;
  /** Slope below the threshold. */
  negativeSlope: number;
  /** From here on the output is the input. */
  threshold: number;
}

/**
 * Keras' layer ReLU with all its arguments; tfjs's knows only `maxValue`.
 *
 * f(x) = maxValue for x ≥ maxValue, x for threshold ≤ x < maxValue, negativeSlope · (x - threshold) otherwise.
 * Source: https://keras.io/api/layers/activation_layers/relu/
 */
export class Rectifier extends SettingsLayer<RectifierSettings> {
  static readonly className = 'Rectifier';

  protected override compute(x: tf.Tensor): tf.Tensor {
    const { maxValue, negativeSlope, threshold } = this.settings;
    const passed = tf.where(x.greaterEqual(threshold), x, x.sub(threshold).mul(negativeSlope));
    return maxValue === null ? passed : passed.minimum(maxValue);
  }
}

registerLayer(Rectifier);
