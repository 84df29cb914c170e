import { attribute, hasOp, type NativeBackend } from '../native/nativeBackend';
import { tf } from '../native/tfjs';

export type Padding = 'SAME' | 'VALID';

/** What tfjs computes of a convolution or a pooling. */
type WindowInfo = Pick<tf.backend_util.Conv2DInfo, 'padInfo' | 'outHeight' | 'outWidth'>;

/**
 * Whether one of oneDNN's ops can be used: on a CPU, in a build that has it.
 *
 * @param run runs the op on tiny tensors; see {@link hasOp}
 */
export function hasOneDnn(
  { isUsingGpuDevice }: NativeBackend,
  op: string,
  run: () => void,
): boolean {
  return !isUsingGpuDevice && hasOp(op, run);
}

/** The label under which TensorFlow registers these ops, without which it finds none. */
export function oneDnnLabel() {
  return attribute.string('_kernel', 'MklNameChangeOp');
}

/** The padding of a window that slides over `x`; undefined where oneDNN's ops know it not, or nothing is to be computed. */
export function oneDnnPadding(
  x: Pick<tf.TensorInfo, 'shape'>,
  { padInfo, outHeight, outWidth }: WindowInfo,
): Padding | undefined {
  if (tf.util.sizeFromShape(x.shape) === 0 || outHeight < 1 || outWidth < 1) return undefined;
  return padInfo.type === 'SAME' || padInfo.type === 'VALID' ? padInfo.type : undefined;
}

/** Attributes that a window has in each of these ops, of float32 and channels last. */
export function windowAttributes(strides: [height: number, width: number], padding: Padding) {
  const { float, ints, string } = attribute;
  return [
    float('T'),
    ints('strides', [1, ...strides, 1]),
    string('padding', padding),
    string('data_format', 'NHWC'),
    oneDnnLabel(),
  ];
}
