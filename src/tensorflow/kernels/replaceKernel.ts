import { tf } from '../native/tfjs';

/**
 * Puts a kernel of the native backend in the place of tfjs's. A kernel is below the gradient tape: gradients of every
 * order, and what cannot be differentiated, stay as they are.
 *
 * @param kernelName tfjs's name of the kernel
 * @param replacement computes the result, or hands the arguments to `stock`
 */
export function replaceKernel(
  kernelName: string,
  replacement: (
    args: Parameters<tf.KernelFunc>[0],
    stock: tf.KernelFunc,
  ) => ReturnType<tf.KernelFunc>,
): void {
  const stock = tf.getKernel(kernelName, 'tensorflow');
  tf.unregisterKernel(kernelName, 'tensorflow');
  tf.registerKernel({ ...stock, kernelFunc: (args) => replacement(args, stock.kernelFunc) });
}

/**
 * Puts a gradient in the place of tfjs's, on every backend. What it computes must be made of tfjs's ops or kernels, or
 * a gradient of it would silently be zero.
 *
 * @param kernelName tfjs's name of the kernel whose gradient it is
 * @param replacement what to save for it, and the function that computes it or hands its arguments to `stock`
 */
export function replaceGradient(
  kernelName: string,
  replacement: (stock: tf.GradConfig) => Omit<tf.GradConfig, 'kernelName'>,
): void {
  const stock = tf.getGradient(kernelName);
  tf.unregisterGradient(kernelName);
  tf.registerGradient({ kernelName, ...replacement(stock) });
}
