import { tf } from '../native/tfjs';
import { webGpuBackend } from './webGpuBackend';

/**
 * Makes WebGPU the place where tfjs computes. It takes a second, in which tfjs refuses all work: `await tf.ready()`
 * waits for it, as the kernel and the command `smile-lab` do.
 *
 * Where WebGPU cannot be had, tfjs would warn and go on somewhere else. Here all work throws the reason.
 */
export function startWebGpu(): void {
  tf.registerBackend('webgpu', () => webGpuBackend().catch(refusing));
  void tf.setBackend('webgpu');
}

/** In the backend's place: whatever tfjs asks of it throws why there is none. */
function refusing(problem: Error): tf.KernelBackend {
  return new Proxy(new tf.KernelBackend(), {
    get(_, name) {
      if (name === 'then') return undefined; // it is no promise
      throw new Error(problem.message, { cause: problem });
    },
  });
}
