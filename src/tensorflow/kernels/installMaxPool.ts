import { attribute, nativeLibrary, type OpAttribute } from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import { hasOneDnn, oneDnnPadding, type Padding, windowAttributes } from './oneDnn';
import { replaceKernel } from './replaceKernel';

const OP = '_MklNativeMaxPool';

/** What tfjs's ops write into the attributes of both kernels. */
interface PoolAttributes {
  filterSize: [number, number] | number;
  strides: [number, number] | number;
  pad: Parameters<typeof tf.backend_util.computePool2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/**
 * Max-pooling and its gradient by oneDNN's ops, bit-equal to TensorFlow's own, of which the gradient uses one core in
 * eager mode. float32 with "same" or "valid" padding, on a CPU whose build has them; the rest is tfjs's own.
 *
 * A gradient goes to the first of equal maxima in its window, as in TensorFlow.
 */
export function installMaxPool(): void {
  replaceKernel('MaxPool', (args, stock) => {
    const { x } = args.inputs as { x: tf.TensorInfo };
    const attributes = poolAttributes([x], x, args.attrs);
    if (!attributes) return stock(args);
    const [y, workspace] = maxPool(x, attributes);
    workspace.dispose();
    return y;
  });
  replaceKernel('MaxPoolGrad', (args, stock) => {
    const { dy, input, output } = args.inputs as Record<'dy' | 'input' | 'output', tf.TensorInfo>;
    const attributes = poolAttributes([input, output, dy], input, args.attrs);
    if (!attributes) return stock(args);
    // The workspace, where each maximum was, is not among what tfjs saves of the forward pass.
    const forward = maxPool(input, attributes);
    const inputs = [input, output, dy, forward[1]];
    const dx = nativeLibrary().executeSingleOutput(`${OP}Grad`, attributes, inputs);
    for (const tensor of forward) tensor.dispose();
    return dx;
  });
}

function maxPool(x: tf.TensorInfo, attributes: OpAttribute[]) {
  const outputs = nativeLibrary().executeMultipleOutputs(OP, attributes, [x], 2);
  return outputs as [y: tf.Tensor, workspace: tf.Tensor];
}

/** The attributes of oneDNN's ops, or undefined for a case that they are not given. */
function poolAttributes(tensors: tf.TensorInfo[], { shape }: tf.TensorInfo, attributes: unknown) {
  const { filterSize, strides, pad, dimRoundingMode } = attributes as PoolAttributes;
  if (tensors.some((tensor) => tensor.dtype !== 'float32')) return undefined;
  const pool = tf.backend_util.computePool2DInfo(
    shape as [number, number, number, number],
    filterSize,
    strides,
    1, // dilations
    pad,
    dimRoundingMode,
  );
  const padding = oneDnnPadding({ shape }, pool);
  if (!padding || !hasOneDnnPooling()) return undefined;
  return oneDnnAttributes(
    [pool.filterHeight, pool.filterWidth],
    [pool.strideHeight, pool.strideWidth],
    padding,
  );
}

function oneDnnAttributes(filter: [number, number], strides: [number, number], padding: Padding) {
  return [
    ...windowAttributes(strides, padding),
    attribute.ints('ksize', [1, ...filter, 1]),
    attribute.bool('workspace_enabled', true),
  ];
}

function hasOneDnnPooling(): boolean {
  return hasOneDnn(nativeLibrary(), OP, () => {
    const x = tf.zeros([1, 2, 2, 1]);
    const attributes = oneDnnAttributes([2, 2], [2, 2], 'VALID');
    const [y, workspace] = maxPool(x, attributes);
    nativeLibrary().executeSingleOutput(`${OP}Grad`, attributes, [x, y, y, workspace]);
  });
}
