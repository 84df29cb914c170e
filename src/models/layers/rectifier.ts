import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';

export interface RectifierArgs extends LayerArgs {
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
export class Rectifier extends tf.layers.Layer {
  static readonly className = 'Rectifier';
  private readonly settings: Omit<RectifierArgs, keyof LayerArgs>;

  constructor({ maxValue, negativeSlope, threshold, ...args }: RectifierArgs) {
    super(args);
    this.settings = { maxValue, negativeSlope, threshold };
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const { maxValue, negativeSlope, threshold } = this.settings;
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const passed = tf.where(x.greaterEqual(threshold), x, x.sub(threshold).mul(negativeSlope));
      return maxValue === null ? passed : passed.minimum(maxValue);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

registerLayer(Rectifier);
