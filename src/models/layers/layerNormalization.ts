import { tf } from '../../tensorflow/tf';
import { layerClass } from './layerClass';

/** Fields of tfjs's layer, and its method as it is called here. */
interface LayerNormalization {
  axis: number[];
  epsilon: number;
  gamma: tf.LayerVariable | null;
  beta: tf.LayerVariable | null;
  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor;
}

const { prototype } = layerClass<LayerNormalization>('LayerNormalization');

/**
 * Lets tfjs's layer LayerNormalization be trained without gamma (`scale: false`) or beta (`center: false`), and take any
 * number of axes, where it throws.
 */
prototype.call = function (this: LayerNormalization, inputs) {
  return tf.tidy(() => {
    const x = Array.isArray(inputs) ? inputs[0]! : inputs;
    const shape = x.shape.map((size, i) => (this.axis.includes(i) ? size : 1));
    const { mean, variance } = tf.moments(x, this.axis, true);
    const normal = x.sub(mean).div(variance.add(this.epsilon).sqrt());
    const scaled = this.gamma ? normal.mul(this.gamma.read().reshape(shape)) : normal;
    return this.beta ? scaled.add(this.beta.read().reshape(shape)) : scaled;
  });
};
