import { chosenDevice } from './native/chosenDevice';
import type { NativeBackend } from './native/nativeBackend';

/**
 * Refuses to compute on the CPU where a person has asked for a GPU.
 *
 * @throws {Error} when SMILE_DEVICE=gpu and TensorFlow uses none
 */
export function requireAskedGpu({ isUsingGpuDevice }: NativeBackend): void {
  if (chosenDevice() !== 'gpu' || isUsingGpuDevice) return;
  throw new Error(
    'Cannot train on the GPU that SMILE_DEVICE=gpu asks for: TensorFlow finds none; "npm run doctor" tells what is missing',
  );
}
