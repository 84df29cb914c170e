import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend';
import { tf } from './tfjs';

export type NativeBackend = NodeJSKernelBackend;
/** An attribute of a TensorFlow op, as the binding reads it. */
export type OpAttribute = Parameters<NativeBackend['executeSingleOutput']>[1][number];

/**
 * Looks up where tfjs computes now; asked at each use, because `tf.setBackend` can change it.
 *
 * @returns the backend on TensorFlow's native library, or undefined when tfjs runs on another one
 */
export function nativeBackend(): NativeBackend | undefined {
  return tf.getBackend() === 'tensorflow' ? (tf.backend() as NativeBackend) : undefined;
}

/** Attributes of a TensorFlow op in the form that the binding reads. */
export function opAttributes({ binding }: NativeBackend) {
  const of =
    <Value extends OpAttribute['value']>(type: number) =>
    (name: string, value: Value): OpAttribute => ({ name, type, value });
  const type = of<number>(binding.TF_ATTR_TYPE);
  return {
    float: (name: string) => type(name, binding.TF_FLOAT),
    /** `value` is TensorFlow's number of the type. */
    type,
    int: of<number>(binding.TF_ATTR_INT),
    ints: of<number[]>(binding.TF_ATTR_INT),
    string: of<string>(binding.TF_ATTR_STRING),
    bool: of<boolean>(binding.TF_ATTR_BOOL),
    shape: of<number[]>(binding.TF_ATTR_SHAPE),
  };
}

const answers = new Map<string, boolean>();

/**
 * Whether this build of TensorFlow has an op, by running it; asked once a process and remembered.
 *
 * @param op the op's name
 * @param run runs it on tiny tensors; it may make tensors and need not dispose them
 * @returns false when `run` threw
 */
export function hasOp(op: string, run: () => void): boolean {
  const known = answers.get(op);
  if (known !== undefined) return known;
  try {
    tf.tidy(run);
    answers.set(op, true);
  } catch {
    answers.set(op, false);
  }
  return answers.get(op)!;
}
