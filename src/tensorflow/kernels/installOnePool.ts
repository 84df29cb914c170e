import { nativeBackend, opAttributes } from '../native/nativeBackend';
import { UINT8 } from '../native/nativeTensor';

/** More than a training of the lessons' networks needs, in bytes. */
const POOL = 2 ** 30;

/**
 * Lets TensorFlow's memory for tensors on the CPU begin with one large region, which takes nothing until it is written to.
 * It starts with 1 MB otherwise and adds one of twice the size whenever something does not fit; what lies free in the
 * smaller ones is then of no use for a large tensor.
 */
export function installOnePool(): void {
  const native = nativeBackend();
  if (!native || native.isUsingGpuDevice) return;
  const attributes = opAttributes(native);
  const shape = native.binding.createTensor([1], native.binding.TF_INT32, Int32Array.of(POOL));
  try {
    const [empty] = native.binding.executeOp(
      'Empty',
      [attributes.type('dtype', UINT8), attributes.bool('init', false)],
      [shape],
      1,
    );
    native.binding.deleteTensor(empty!.id);
  } catch {
    // Where there is no room for it, it begins small.
  } finally {
    native.binding.deleteTensor(shape);
  }
}
