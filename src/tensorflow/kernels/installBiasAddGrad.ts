import { attribute, nativeBackend, nativeLibrary } from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import { replaceGradient } from './replaceKernel';

/**
 * The gradient of a bias by TensorFlow's op `BiasAddGrad`, where tfjs sums over all axes but the last: `a + bias` with
 * a float32 bias `[c]` and a result `[..., c]`, c above 1, on the native backend. The rest is tfjs's own, also a bias of
 * one number, which `Sum` adds up faster and more exactly.
 */
export function installBiasAddGrad(): void {
  tf.registerKernel({
    kernelName: 'BiasAddGrad',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => {
      const { dy } = inputs as { dy: tf.TensorInfo };
      const attributes = [attribute.float('T'), attribute.string('data_format', 'NHWC')];
      return nativeLibrary().executeSingleOutput('BiasAddGrad', attributes, [dy]);
    },
  });
  tf.registerGradient({
    kernelName: 'BiasAddGrad',
    inputsToSave: ['dy'], // for its shape
    gradFunc: (ddBias, [dy]) => ({ dy: () => tf.broadcastTo(ddBias as tf.Tensor, dy!.shape) }),
  });
  replaceGradient('Add', (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const [, bias] = saved as [tf.Tensor, tf.Tensor];
      const gradients = stock.gradFunc(dy, saved, attributes);
      return isBias(bias, dy as tf.Tensor)
        ? { ...gradients, b: () => biasAddGrad(dy as tf.Tensor) }
        : gradients;
    },
  }));
}

function isBias(bias: tf.Tensor, dy: tf.Tensor): boolean {
  return (
    nativeBackend() !== undefined &&
    dy.dtype === 'float32' &&
    dy.rank > 1 &&
    dy.size > 0 &&
    bias.rank === 1 &&
    bias.size > 1 &&
    bias.size === dy.shape[dy.rank - 1]
  );
}

function biasAddGrad(dy: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel('BiasAddGrad', { dy }) as tf.Tensor;
}
