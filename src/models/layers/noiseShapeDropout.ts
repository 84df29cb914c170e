import { drawNoise } from '../../tensorflow/graph/drawNoise';
import { tf } from '../../tensorflow/tf';
import type { LayerArgs } from './layerClass';
import { registerLayer } from './registerLayer';

export interface NoiseShapeDropoutArgs extends LayerArgs {
  /** The part of the numbers that is dropped while training, in 0–1. */
  rate: number;
  /** Shape of the mask: 1 where one number counts for a whole axis, null where there is one for each entry. */
  noiseShape: Array<number | null>;
  seed?: number | null;
}

/**
 * Keras' layer Dropout with a `noise_shape`, as EfficientNet drops whole pictures of a batch; tfjs's own throws when it
 * is trained with one.
 *
 * Source: https://keras.io/api/layers/regularization_layers/dropout/
 */
export class NoiseShapeDropout extends tf.layers.Layer {
  static readonly className: string = 'NoiseShapeDropout';
  private readonly rate: number;
  private readonly noiseShape: Array<number | null>;
  private readonly seed: number | null;

  constructor({ rate, noiseShape, seed = null, ...args }: NoiseShapeDropoutArgs) {
    super(args);
    this.rate = rate;
    this.noiseShape = noiseShape;
    this.seed = seed;
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: Record<string, unknown>): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      if (!kwargs['training'] || this.rate === 0) return x.clone();
      const shape = x.shape.map((size, i) => this.noiseShape[i] ?? size);
      const draws =
        drawNoise(this, this.seed, 'Uniform', shape) ?? tf.randomUniform(shape, 0, 1, 'float32');
      return x.mul(
        draws
          .greaterEqual(this.rate)
          .cast('float32')
          .div(1 - this.rate),
      );
    });
  }

  override getConfig(): tf.serialization.ConfigDict {
    const { rate, noiseShape, seed } = this;
    return { ...super.getConfig(), rate, noiseShape, seed };
  }
}

registerLayer(NoiseShapeDropout);
