import { opAttributes, type NativeBackend } from '../native/nativeBackend';

/**
 * Makes a tensor of TensorFlow without giving it values; it takes memory only where something is written into it.
 *
 * @returns the binding's number, shape and type of a float32 tensor; the caller deletes it
 */
export function emptyTensor(backend: NativeBackend, shape: number[]) {
  const { binding } = backend;
  const attribute = opAttributes(backend);
  const attributes = [attribute.float('dtype'), attribute.bool('init', false)];
  const id = binding.createTensor([shape.length], binding.TF_INT32, Int32Array.from(shape));
  try {
    return binding.executeOp('Empty', attributes, [id], 1)[0]!;
  } finally {
    binding.deleteTensor(id);
  }
}
