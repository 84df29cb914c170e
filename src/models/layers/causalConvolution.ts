import { tf } from '../../tensorflow/tf';
import { layerClass, type Tensors } from './layerClass';
import { registerLayer } from './registerLayer';
import { onlyShape } from './settingsLayer';

/** Fields of tfjs's layer Conv1D. */
interface Convolution {
  kernel: tf.LayerVariable;
  kernelSize: [number];
  bias: tf.LayerVariable | null;
  strides: [number];
  padding: string;
  dilationRate: [number];
  activation: { apply(x: tf.Tensor): tf.Tensor };
}

/**
 * Fills a series at its beginning, so that no step of a convolution sees a later one.
 *
 * Source: `_compute_causal_padding` in keras/src/layers/convolutional/conv1d.py
 *
 * @param x `[n, steps, channels]`
 * @returns `[n, more steps, channels]`, which the caller disposes
 */
export function padCausally(
  x: tf.Tensor3D,
  { kernelSize: [size], dilationRate: [rate] }: Pick<Convolution, 'kernelSize' | 'dilationRate'>,
): tf.Tensor3D {
  return tf.pad(x, [
    [0, 0],
    [rate * (size - 1), 0],
    [0, 0],
  ]);
}

/** tfjs's layer Conv1D, which knows the padding `causal` by its name alone. */
export class Convolution1D extends layerClass<Convolution>('Conv1D') {
  static readonly className = 'Conv1D';

  override computeOutputShape(inputShape: tf.Shape): tf.Shape | tf.Shape[] {
    const { padding, strides } = this;
    const shape = super.computeOutputShape(inputShape) as tf.Shape;
    const steps = onlyShape(inputShape)[1]!;
    if (padding !== 'causal' || steps === null) return shape;
    return [shape[0]!, Math.ceil(steps / strides[0]), shape[2]!];
  }

  override call(inputs: Tensors, kwargs: object): Tensors {
    if (this.padding !== 'causal') return super.call(inputs, kwargs as never);
    return tf.tidy(() => {
      const { kernel, bias, strides, dilationRate, activation } = this;
      const x = padCausally((Array.isArray(inputs) ? inputs[0]! : inputs) as tf.Tensor3D, this);
      const filter = kernel.read() as tf.Tensor3D;
      const y = tf.conv1d(x, filter, strides[0], 'valid', 'NWC', dilationRate[0]);
      return activation.apply(bias ? y.add(bias.read()) : y);
    });
  }
}

registerLayer(Convolution1D);
