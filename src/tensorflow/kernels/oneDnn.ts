import { hasOp, opAttributes, type NativeBackend } from '../nativeBackend';

let allowed = true;

/**
 * Tells whether one of oneDNN's ops can be used: on a CPU, in a build that has it.
 *
 * @param run runs the op on tiny tensors; see {@link hasOp}
 */
export function hasOneDnn(backend: NativeBackend, op: string, run: () => void): boolean {
  return allowed && !backend.isUsingGpuDevice && hasOp(op, run);
}

/**
 * Runs `run` without oneDNN's ops. For recording ops as a graph: TensorFlow's optimiser puts oneDNN's in by itself, and
 * fuses more where it finds its own.
 */
export function withoutOneDnn<T>(run: () => T): T {
  const before = allowed;
  allowed = false;
  try {
    return run();
  } finally {
    allowed = before;
  }
}

/** The label under which TensorFlow registers these ops, without which it finds none. */
export function oneDnnLabel(backend: NativeBackend) {
  return opAttributes(backend).string('_kernel', 'MklNameChangeOp');
}
