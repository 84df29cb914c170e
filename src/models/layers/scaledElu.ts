import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

/**
 * Keras' layer ELU with an `alpha` other than 1, which tfjs's refuses: x above 0, alpha · (exp(x) - 1) below.
 *
 * Source: https://keras.io/api/layers/activation_layers/elu/
 */
export class ScaledElu extends SettingsLayer<{ alpha: number }> {
  static readonly className = 'ScaledElu';

  protected override compute(x: tf.Tensor): tf.Tensor {
    // Of the branch that is not taken, exp must not overflow: its gradient would be NaN.
    const below = x.minimum(0).exp().sub(1).mul(this.settings.alpha);
    // Of tfjs's comparisons this one alone stands where there are gradients; 0 itself has that of below, as in Keras.
    return tf.where(x.neg().greaterEqual(0), below, x);
  }
}

registerLayer(ScaledElu);
