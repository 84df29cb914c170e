import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { onlyShape, SettingsLayer } from './settingsLayer';

/** What keeps a channel that is the same everywhere from being divided by 0; Keras' value for float32. */
const EPSILON = 1e-7;

export interface NormalizationSettings {
  /** The axis whose entries, the channels, have a mean and a variance each; null for one of each for all. */
  axis: number | null;
  /** Puts a normalized input back instead. */
  invert: boolean;
  /** Given once and for all; null for weights, which are 0 and 1 at first. */
  mean: number | number[] | null;
  variance: number | number[] | null;
}

/**
 * Keras' layer Normalization: (input - mean) / sqrt(variance), for each channel. tfjs has none.
 *
 * Source: https://keras.io/api/layers/preprocessing_layers/numerical/normalization/
 */
export class Normalization extends SettingsLayer<NormalizationSettings> {
  static readonly className = 'Normalization';
  private moments: tf.LayerVariable[] = [];
  /** The shape in which mean and variance fit the input. */
  private broadcast: number[] = [];

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = onlyShape(inputShape);
    const { axis, mean } = this.settings;
    const index = axis === null ? undefined : axis < 0 ? axis + shape.length : axis;
    const channels = index === undefined ? [] : [shape[index]!];
    this.broadcast = shape.map((size, i) => (i === index ? size! : 1));
    if (mean === null) {
      const add = (name: string, initializer: 'zeros' | 'ones') =>
        this.addWeight(name, channels, 'float32', tf.initializers[initializer](), undefined, false);
      this.moments = [add('mean', 'zeros'), add('variance', 'ones')];
    }
    super.build(inputShape);
  }

  protected override compute(x: tf.Tensor): tf.Tensor {
    const { invert, mean, variance } = this.settings;
    const [center, spread] = [mean, variance].map((given, i) => {
      const moment = given === null ? this.moments[i]!.read() : tf.tensor(given);
      // One number given for all channels stands for each of them.
      return moment.size === 1 ? moment.reshape([]) : moment.reshape(this.broadcast);
    });
    const deviation = spread!.sqrt().maximum(EPSILON);
    return invert ? x.mul(deviation).add(center!) : x.sub(center!).div(deviation);
  }
}

registerLayer(Normalization);
