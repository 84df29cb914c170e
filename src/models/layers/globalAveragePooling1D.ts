import { tf } from '../../tensorflow/tf';
import { layerClass, type Tensors } from './layerClass';
import './maskedOutputs';
import { registerLayer } from './registerLayer';

/** tfjs's layer GlobalAveragePooling1D, which also leaves masked steps out, as Keras does: `[n, steps, channels]` -> `[n, channels]`. */
export class GlobalAveragePooling1D extends layerClass('GlobalAveragePooling1D') {
  static readonly className = 'GlobalAveragePooling1D';

  override call(inputs: Tensors, kwargs: Record<string, unknown>): Tensors {
    const mask = kwargs?.['mask'] as tf.Tensor | null | undefined;
    if (!mask) return super.call(inputs, kwargs);
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0]! : inputs;
      const taken = mask.cast('float32').expandDims(-1);
      return x.mul(taken).sum(1).div(taken.sum(1));
    });
  }
}

registerLayer(GlobalAveragePooling1D);
