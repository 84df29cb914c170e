import { attribute, nativeBackend, nativeLibrary } from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import { replaceGradient } from './replaceKernel';

/**
 * Relu's gradient by TensorFlow's op `ReluGrad`, where tfjs multiplies by `step(x)`: seven ops, with ones filled in
 * JavaScript. float32 on the native backend; the rest is tfjs's own.
 *
 * Where x is NaN it is 0, as in Keras; tfjs's is NaN.
 */
export function installReluGrad(): void {
  tf.registerKernel({
    kernelName: 'ReluGrad',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs }) => {
      const { dy, y } = inputs as { dy: tf.TensorInfo; y: tf.TensorInfo };
      return nativeLibrary().executeSingleOutput('ReluGrad', [attribute.float('T')], [dy, y]);
    },
  });
  tf.registerGradient({
    kernelName: 'ReluGrad',
    inputsToSave: ['y'],
    gradFunc: (ddx, [y]) => ({
      dy: () => reluGrad(ddx as tf.Tensor, y!),
      y: () => tf.zerosLike(y!),
    }),
  });
  replaceGradient('Relu', (stock) => ({
    // Not x, as tfjs does: step(y) is step(x), and a layer's x is then free as soon as y is there.
    outputsToSave: [true],
    gradFunc: (dy, saved, attributes) => {
      const [y] = saved as [tf.Tensor];
      const gradient = dy as tf.Tensor;
      return nativeBackend() && y.dtype === 'float32' && gradient.dtype === 'float32'
        ? { x: () => reluGrad(gradient, y) }
        : stock.gradFunc(dy, saved, attributes);
    },
  }));
}

function reluGrad(dy: tf.Tensor, y: tf.Tensor): tf.Tensor {
  return tf.engine().runKernel('ReluGrad', { dy, y }) as tf.Tensor;
}
