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

/** TensorFlow's native library, also while tfjs computes on another backend; pictures are decoded by it alone. */
export function nativeLibrary(): NativeBackend {
  return tf.findBackend('tensorflow') as NativeBackend;
}

type AttributeKind = `TF_ATTR_${'TYPE' | 'INT' | 'STRING' | 'BOOL' | 'SHAPE'}`;

function attributeOf<Value extends OpAttribute['value']>(kind: AttributeKind) {
  return (name: string, value: Value): OpAttribute => ({
    name,
    type: nativeLibrary().binding[kind],
    value,
  });
}

/** Attributes of a TensorFlow op in the form that the binding reads. */
export const attribute = {
  float: (name: string) => attribute.type(name, nativeLibrary().binding.TF_FLOAT),
  /** `value` is TensorFlow's number of the type. */
  type: attributeOf<number>('TF_ATTR_TYPE'),
  types: attributeOf<number[]>('TF_ATTR_TYPE'),
  int: attributeOf<number>('TF_ATTR_INT'),
  ints: attributeOf<number[]>('TF_ATTR_INT'),
  string: attributeOf<string>('TF_ATTR_STRING'),
  bool: attributeOf<boolean>('TF_ATTR_BOOL'),
  shape: attributeOf<number[]>('TF_ATTR_SHAPE'),
};

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
