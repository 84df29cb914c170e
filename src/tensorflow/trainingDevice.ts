import os from 'node:os';
import { describeNvidia, describeWebGpu, type TrainingDevice } from './describeDevice';
import { nativeBackend, nativeLibrary } from './native/nativeBackend';
import { nvidiaGpus } from './nvidiaGpus';
import { requireAskedGpu } from './requireAskedGpu';
import { tf } from './tf';
import { unusedGpu } from './unusedGpu';
import type { WebGpuBackend } from './webgpu/webGpuBackend';

export type { TrainingDevice };

/**
 * Says which device trains, as TensorFlow itself sees it. In a script of your own on WebGPU `await tf.ready()` first.
 *
 * @returns the device, TensorFlow's version and a sentence to print
 * @throws {Error} when tfjs runs on neither the native library nor WebGPU, when SMILE_DEVICE=gpu and no GPU works, or when
 * SMILE_DEVICE=webgpu and WebGPU cannot be had: the message names what is missing
 * @example
 * console.log(trainingDevice().description);
 */
export function trainingDevice(): TrainingDevice {
  if (tf.getBackend() === 'webgpu') {
    const { gpu } = tf.backend() as WebGpuBackend;
    const { TF_Version } = nativeLibrary().binding;
    return describeWebGpu(TF_Version, gpu, gpu.vendor === 'nvidia' ? nvidiaGpus() : []);
  }
  const backend = nativeBackend();
  if (!backend) {
    throw new Error(
      `Cannot train: TensorFlow's native library is required, and tfjs runs on "${tf.getBackend()}"; "npm run doctor" tells what is missing`,
    );
  }
  const tensorflow = backend.binding.TF_Version;
  if (backend.isUsingGpuDevice) return describeNvidia(tensorflow, nvidiaGpus());
  requireAskedGpu(backend);
  const cores = os.availableParallelism();
  const unused = unusedGpu();
  const why = unused ?? '"npm run doctor" tells why it is not a GPU';
  return {
    kind: 'cpu',
    tensorflow,
    ...(unused === undefined ? {} : { unused }),
    description: `TensorFlow ${tensorflow} trains on the CPU (${cores} ${cores === 1 ? 'core' : 'cores'}); ${why}.`,
  };
}
