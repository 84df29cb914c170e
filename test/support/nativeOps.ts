import { tf } from '../../src/tensorflow/native/tfjs';
import type { NativeBackend } from '../../src/tensorflow/native/nativeBackend';

type Binding = NativeBackend['binding'];

/**
 * Runs `run` while it watches what tfjs asks of TensorFlow's native library.
 *
 * @param missing ops that this build shall seem not to have
 * @returns the names of the ops that were executed, in order
 */
export function nativeOps(run: () => void, missing: string[] = []): string[] {
  const ops: string[] = [];
  const backend = tf.backend() as NativeBackend;
  const binding = backend.binding;
  const executeOp: Binding['executeOp'] = (name, ...rest) => {
    if (missing.includes(name)) throw new Error(`Op type not registered '${name}'`);
    ops.push(name);
    return binding.executeOp(name, ...rest);
  };
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as Binding;
  try {
    run();
  } finally {
    backend.binding = binding;
  }
  return ops;
}

/** How many tensors TensorFlow's native library holds, also those that tfjs does not count. */
export function nativeTensors(): number {
  const { binding } = tf.findBackend('tensorflow') as NativeBackend;
  return (binding as unknown as { getNumOfTensors(): number }).getNumOfTensors();
}
