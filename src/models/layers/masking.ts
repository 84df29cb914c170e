import { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';
import './maskedOutputs';
import { registerLayer } from './registerLayer';

/** tfjs's layer Masking, which also stands behind layers that are trained: no gradient goes into the mask. */
export class Masking extends layerClass<{ maskValue: number }>('Masking') {
  static readonly className = 'Masking';

  override computeMask(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.taken(Array.isArray(inputs) ? inputs[0]! : inputs);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      return x.mul(this.taken(x).expandDims(-1));
    });
  }

  /** 1 for each step that has another value than that of the mask, else 0: `[n, steps, channels]` -> `[n, steps]`. */
  private taken(x: tf.Tensor): tf.Tensor {
    const { maskValue } = this;
    const taken = tf.customGrad((steps) => ({
      value: tf.tidy(() => tf.any(tf.notEqual(steps as tf.Tensor, maskValue), -1).cast('float32')),
      gradFunc: () => tf.zeros(x.shape),
    }));
    return taken(x);
  }
}

registerLayer(Masking);
