import { hasOp, opAttributes, type NativeBackend } from '../native/nativeBackend';

/**
 * Whether one of oneDNN's ops can be used: on a CPU, in a build that has it.
 *
 * @param run runs the op on tiny tensors; see {@link hasOp}
 */
export function hasOneDnn(backend: NativeBackend, op: string, run: () => void): boolean {
  return !backend.isUsingGpuDevice && hasOp(op, run);
}

/** The label under which TensorFlow registers these ops, without which it finds none. */
export function oneDnnLabel(backend: NativeBackend) {
  return opAttributes(backend).string('_kernel', 'MklNameChangeOp');
}
