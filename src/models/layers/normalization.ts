import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';

/** What keeps a channel that is the same everywhere from being divided by 0; Keras' value for float32. */
const EPSILON = 1e-7;

export interface NormalizationArgs extends LayerArgs {
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
export class Normalization extends tf.layers.Layer {
  static readonly className = 'Normalization';
  private readonly settings: Omit<NormalizationArgs, keyof LayerArgs>;
  private moments: tf.LayerVariable[] = [];
  /** The shape in which mean and variance fit the input. */
  private broadcast: number[] = [];

  constructor({ axis, invert, mean, variance, ...args }: NormalizationArgs) {
    super(args);
    this.settings = { axis, invert, mean, variance };
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const shape = (Array.isArray(inputShape[0]) ? inputShape[0] : inputShape) as tf.Shape;
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

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const { invert, mean, variance } = this.settings;
      const [center, spread] = [mean, variance].map((given, i) => {
        const moment = given === null ? this.moments[i]!.read() : tf.tensor(given);
        // One number given for all channels stands for each of them.
        return moment.size === 1 ? moment.reshape([]) : moment.reshape(this.broadcast);
      });
      const deviation = spread!.sqrt().maximum(EPSILON);
      return invert ? x.mul(deviation).add(center!) : x.sub(center!).div(deviation);
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.settings };
  }
}

registerLayer(Normalization);
