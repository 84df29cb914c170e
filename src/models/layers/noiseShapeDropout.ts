import { drawNoise } from '../../tensorflow/graph/drawNoise';
import { tf } from '../../tensorflow/tf';
import { registerLayer } from './registerLayer';
import { SettingsLayer } from './settingsLayer';

export interface NoiseShapeDropoutSettings {
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
export class NoiseShapeDropout extends SettingsLayer<NoiseShapeDropoutSettings> {
  static readonly className: string = 'NoiseShapeDropout';

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs?: Record<string, unknown>): tf.Tensor {
    return kwargs?.['training'] ? super.call(inputs) : tf.clone([inputs].flat()[0]!);
  }

  /** In training; a prediction drops nothing. */
  protected override compute(x: tf.Tensor): tf.Tensor {
    const { rate, noiseShape, seed } = this.settings;
    if (rate === 0) return x.clone();
    const shape = x.shape.map((size, i) => noiseShape[i] ?? size);
    const draws = drawNoise(this, seed, 'Uniform', shape) ?? tf.randomUniform(shape, 0, 1);
    const kept = draws.greaterEqual(rate).cast('float32');
    return x.mul(kept.div(1 - rate));
  }
}

registerLayer(NoiseShapeDropout);
