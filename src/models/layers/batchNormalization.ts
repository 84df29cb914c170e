import { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';

/**
 * Batch normalization that stays as it is while it is frozen, as in Keras: with `trainable = false` it normalizes with
 * its moving averages in training too, and leaves them alone. tfjs's own goes on with the statistics of each batch.
 *
 * Source: https://keras.io/guides/transfer_learning/#freezing-layers-understanding-the-trainable-attribute
 */
export class BatchNormalization extends layerClass('BatchNormalization') {
  static readonly className = 'BatchNormalization';

  override call(
    inputs: tf.Tensor | tf.Tensor[],
    kwargs: Record<string, unknown>,
  ): tf.Tensor | tf.Tensor[] {
    return super.call(inputs, this.trainable ? kwargs : { ...kwargs, training: false });
  }
}

tf.serialization.registerClass(BatchNormalization);
