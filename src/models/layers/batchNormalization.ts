import { tf } from '../../tensorflow/tf';
import { layerClass, type Tensors } from './layerClass';
import { registerLayer } from './registerLayer';
import { onlyShape } from './settingsLayer';

/** Fields of tfjs's layer. A weight that it has not, it reads in training all the same. */
interface Settings {
  axis: number;
  scale: boolean;
  center: boolean;
  gamma?: Pick<tf.LayerVariable, 'read'>;
  beta?: Pick<tf.LayerVariable, 'read'>;
}

/**
 * Batch normalization as in Keras. It stays as it is while it is frozen: with `trainable = false` it normalizes with its
 * moving averages in training too, and leaves them alone, where tfjs's own continues with the statistics of each batch. It
 * can be trained without gamma (`scale: false`) or beta (`center: false`), along any axis, and takes any number of axes,
 * where tfjs's own throws.
 *
 * Source: https://keras.io/guides/transfer_learning/#freezing-layers-understanding-the-trainable-attribute
 */
export class BatchNormalization extends layerClass<Settings>('BatchNormalization') {
  static readonly className = 'BatchNormalization';

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    super.build(inputShape);
    const channels = [onlyShape(inputShape).at(this.axis)!];
    if (!this.scale) this.gamma = { read: () => tf.ones(channels) };
    if (!this.center) this.beta = { read: () => tf.zeros(channels) };
  }

  override call(inputs: Tensors, kwargs: Record<string, unknown>): Tensors {
    const given = this.trainable ? kwargs : { ...kwargs, training: false };
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const { axis } = this;
    const last = x.rank - 1;
    if (x.rank < 5 && [-1, last].includes(axis)) return super.call(x, given);
    const order = x.shape.map((_, i) => i);
    order.push(...order.splice(axis, 1));
    const back = order.map((_, i) => order.indexOf(i));
    return tf.tidy(() => {
      const moved = tf.transpose(x, order);
      this.axis = -1;
      try {
        const rows = super.call(tf.reshape(moved, [-1, moved.shape[last]!]), given) as tf.Tensor;
        return tf.transpose(tf.reshape(rows, moved.shape), back);
      } finally {
        this.axis = axis;
      }
    });
  }
}

registerLayer(BatchNormalization);
