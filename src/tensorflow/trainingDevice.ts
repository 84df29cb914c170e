import os from 'node:os';
import { nativeBackend } from './nativeBackend';
import { tf } from './tf';

/** Where the native library computes. */
export interface TrainingDevice {
  kind: 'cpu' | 'gpu';
  /** The version of TensorFlow's native library, such as "2.21.0". */
  tensorflow: string;
  /** One sentence for a person: the device and, on a CPU, where to learn why it is no GPU. */
  description: string;
}

/**
 * Tells which device trains, as TensorFlow itself sees it.
 *
 * @returns the device, TensorFlow's version and a sentence to print
 * @throws Error when tfjs does not run on the native library, or when SMILE_DEVICE=gpu and no GPU works
 * @example
 * console.log(trainingDevice().description);
 */
export function trainingDevice(): TrainingDevice {
  const backend = nativeBackend();
  if (!backend) {
    throw new Error(
      `Cannot train: TensorFlow's native library is required, and tfjs runs on "${tf.getBackend()}"; "npm run doctor" tells what is missing`,
    );
  }
  const tensorflow = backend.binding.TF_Version;
  if (backend.isUsingGpuDevice) {
    return {
      kind: 'gpu',
      tensorflow,
      description: `TensorFlow ${tensorflow} trains on the GPU.`,
    };
  }
  if (process.env['SMILE_DEVICE'] === 'gpu') {
    throw new Error(
      'Cannot train on the GPU that SMILE_DEVICE=gpu asks for: TensorFlow finds none; "npm run doctor" tells what is missing',
    );
  }
  const cores = os.availableParallelism();
  return {
    kind: 'cpu',
    tensorflow,
    description: `TensorFlow ${tensorflow} trains on the CPU (${cores} ${cores === 1 ? 'core' : 'cores'}); "npm run doctor" tells why it is not a GPU.`,
  };
}
