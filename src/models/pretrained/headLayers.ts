import { tf } from '../../tensorflow/tf';
import { Normalization } from '../layers/normalization';
import { outputLayer } from '../outputLayer';

/** What a head is built for. */
export interface HeadOptions {
  /** Features of the training pictures, `[n, numbers]`: each number is brought to mean 0 and spread 1 as it has them here. */
  features: tf.Tensor2D;
  classes: number;
  seed?: number | undefined;
}

/** By the validation parts of data/emotions better than Adam's usual 0.001, which needs more epochs. */
export const HEAD_LEARNING_RATE = 0.003;

/**
 * The network that learns from features, not compiled: they are standardized, then one dense layer.
 *
 * Features are of different size. Without the standardization those with large values would learn long before the others.
 *
 * @param options.features stay the caller's
 * @returns input `[n, numbers]`; output as `outputLayer` describes, with the loss that fits it; the caller disposes it
 */
export function headLayers({ features, classes, seed }: HeadOptions): {
  model: tf.Sequential;
  loss: ReturnType<typeof outputLayer>['loss'];
} {
  const standardization = new Normalization({
    name: 'standardization',
    inputShape: [features.shape[1]],
    axis: -1,
    invert: false,
    mean: null,
    variance: null,
    trainable: false,
  });
  const glorot = tf.initializers.glorotUniform(seed === undefined ? {} : { seed: seed * 100 });
  const { layer, loss } = outputLayer(classes, glorot);
  const model = tf.sequential({ name: 'head', layers: [standardization, layer] });
  tf.tidy(() => {
    const { mean, variance } = tf.moments(features, 0);
    standardization.setWeights([mean, variance]);
  });
  return { model, loss };
}
