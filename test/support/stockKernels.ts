import { installKernels } from '../../src/tensorflow/kernels/installKernels';
import { tf } from '../../src/tensorflow/native/tfjs';

function classOf(name: string) {
  return tf.serialization.SerializationMap.getMap().classNameMap[name]!;
}

function conv2dLayer() {
  return classOf('Conv2D')[0].prototype as unknown as { call: unknown };
}

function registered() {
  const kernels = tf.getKernelsForBackend('tensorflow');
  return {
    callConv2d: conv2dLayer().call,
    kernels,
    gradients: kernels.flatMap(({ kernelName }) => tf.getGradient(kernelName) ?? []),
    makeAdam: tf.train.adam,
    adamClass: classOf('Adam'),
  };
}

function register(all: ReturnType<typeof registered>) {
  conv2dLayer().call = all.callConv2d;
  for (const { kernelName } of tf.getKernelsForBackend('tensorflow')) {
    tf.unregisterKernel(kernelName, 'tensorflow');
  }
  all.kernels.forEach((kernel) => tf.registerKernel(kernel));
  all.gradients.forEach((gradient) => tf.registerGradient(gradient));
  tf.train.adam = all.makeAdam;
  tf.serialization.SerializationMap.getMap().classNameMap['Adam'] = all.adamClass;
}

const stock = registered();
installKernels();
const ours = registered();

/** Runs `run` with the kernels, gradients and layers that tfjs was published with; around it, ours are installed. */
export function onStockKernels<T>(run: () => T): T {
  if (stock.makeAdam === ours.makeAdam) {
    throw new Error('What was stock is not known: stockKernels must be imported before tf');
  }
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
