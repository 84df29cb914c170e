import { nativeBackend } from '../native/nativeBackend';
import { deleteNative, emptyTensor } from '../native/nativeTensor';

/** More than a training of the lessons' networks needs: 1 GiB, in numbers of four bytes. */
const POOL = 2 ** 28;

/**
 * Lets TensorFlow's memory for tensors on the CPU begin with one large region, which takes nothing until it is written to.
 * It starts with 1 MB otherwise and adds one of twice the size whenever something does not fit; what lies free in the
 * smaller ones is then of no use for a large tensor.
 */
export function installOnePool(): void {
  const native = nativeBackend();
  if (!native || native.isUsingGpuDevice) return;
  try {
    deleteNative(emptyTensor([POOL]).id);
  } catch {
    // Where there is no room for it, it begins small.
  }
}
