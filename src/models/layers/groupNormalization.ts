import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { onlyShape, SettingsLayer } from './settingsLayer';

export interface GroupNormalizationSettings {
  /** Into how many groups the channels are divided; -1 for as many as there are channels. */
  groups: number;
  epsilon: number;
  center: boolean;
  scale: boolean;
}

/**
 * Keras' layer GroupNormalization, which tfjs has not, over the last axis: each picture's groups of channels get the mean
 * 0 and the variance 1.
 *
 * Source: https://keras.io/api/layers/normalization_layers/group_normalization/
 */
export class GroupNormalization extends SettingsLayer<GroupNormalizationSettings> {
  static readonly className = 'GroupNormalization';
  private gamma: tf.LayerVariable | undefined;
  private beta: tf.LayerVariable | undefined;

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const channels = [onlyShape(inputShape).at(-1)!];
    const { scale, center } = this.settings;
    if (scale) this.gamma = this.addWeight('gamma', channels, 'float32', tf.initializers.ones());
    if (center) this.beta = this.addWeight('beta', channels, 'float32', tf.initializers.zeros());
    super.build(inputShape);
  }

  protected override compute(x: tf.Tensor): tf.Tensor {
    const channels = x.shape.at(-1)!;
    const groups = this.settings.groups === -1 ? channels : this.settings.groups;
    const grouped = x.reshape([...x.shape.slice(0, -1), groups, channels / groups]);
    // All axes but the batch and the groups.
    const axes = grouped.shape.map((_, i) => i).filter((i) => i > 0 && i !== x.rank - 1);
    const { mean, variance } = tf.moments(grouped, axes, true);
    const normal = grouped.sub(mean).div(variance.add(this.settings.epsilon).sqrt());
    const scaled = normal.reshape(x.shape).mul(this.gamma?.read() ?? 1);
    return scaled.add(this.beta?.read() ?? 0);
  }
}

registerLayer(GroupNormalization);
