import { installKernels } from '../../src/tensorflow/kernels/installKernels';
import { tf } from '../../src/tensorflow/tfjs';

const GRADIENTS = ['Relu', 'MaxPool', 'Add'];

function conv2dLayer() {
  const [layer] = tf.serialization.SerializationMap.getMap().classNameMap['Conv2D']!;
  return layer.prototype as unknown as { call: unknown };
}

function registered() {
  return {
    callConv2d: conv2dLayer().call,
    kernels: tf.getKernelsForBackend('tensorflow'),
    gradients: GRADIENTS.map((name) => tf.getGradient(name)),
  };
}

function register({ kernels, gradients, callConv2d }: ReturnType<typeof registered>) {
  conv2dLayer().call = callConv2d;
  for (const { kernelName } of tf.getKernelsForBackend('tensorflow')) {
    tf.unregisterKernel(kernelName, 'tensorflow');
  }
  kernels.forEach((kernel) => tf.registerKernel(kernel));
  gradients.forEach((gradient) => tf.registerGradient(gradient));
}

const stock = registered();
installKernels();
const ours = registered();

/** Runs `run` with the kernels, gradients and layers that tfjs was published with; around it, ours are installed. */
export function onStockKernels<T>(run: () => T): T {
  register(stock);
  try {
    return run();
  } finally {
    register(ours);
  }
}

/**
 * Requires that two tensors are equal, but for rounding.
 *
 * @param tolerance allowed difference, as a share of the largest absolute value that is expected
 */
export function expectTensorsClose(actual: tf.Tensor, expected: tf.Tensor, tolerance = 1e-5): void {
  expect([actual.dtype, actual.shape]).toEqual([expected.dtype, expected.shape]);
  if (expected.size === 0) return;
  const [difference, scale] = tf.tidy(() => [
    actual.sub(expected).abs().max().arraySync() as number,
    expected.abs().max().arraySync() as number,
  ]);
  expect(difference).toBeLessThanOrEqual(tolerance * scale!);
}
