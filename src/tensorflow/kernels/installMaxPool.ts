import { opAttributes, type NativeBackend } from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import { hasOneDnn, oneDnnPadding, type Padding, windowAttributes } from './oneDnn';
import { replaceKernel } from './replaceKernel';

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
    const backend = args.backend as NativeBackend;
    const attributes = poolAttributes(backend, [x], x, args.attrs);
    if (!attributes) return stock(args);
    const [y, workspace] = backend.executeMultipleOutputs('_MklNativeMaxPool', attributes, [x], 2);
    workspace!.dispose();
    return y!;
  });
  replaceKernel('MaxPoolGrad', (args, stock) => {
    const { dy, input, output } = args.inputs as Record<'dy' | 'input' | 'output', tf.TensorInfo>;
    const backend = args.backend as NativeBackend;
    const attributes = poolAttributes(backend, [input, output, dy], input, args.attrs);
    if (!attributes) return stock(args);
    // The workspace, where each maximum was, is not among what tfjs saves of the forward pass.
    const forward = backend.executeMultipleOutputs('_MklNativeMaxPool', attributes, [input], 2);
    const inputs = [input, output, dy, forward[1]!];
    const dx = backend.executeSingleOutput('_MklNativeMaxPoolGrad', attributes, inputs);
    for (const tensor of forward) tensor.dispose();
    return dx;
  });
}

/** The attributes of oneDNN's ops, or undefined for a case that they are not given. */
function poolAttributes(
  backend: NativeBackend,
  tensors: tf.TensorInfo[],
  { shape }: tf.TensorInfo,
  attributes: unknown,
) {
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
  if (!padding || !hasOneDnnPooling(backend)) return undefined;
  return oneDnnAttributes(
    backend,
    [pool.filterHeight, pool.filterWidth],
    [pool.strideHeight, pool.strideWidth],
    padding,
  );
}

function oneDnnAttributes(
  backend: NativeBackend,
  filter: [number, number],
  strides: [number, number],
  padding: Padding,
) {
  const { bool, ints } = opAttributes(backend);
  return [
    ...windowAttributes(backend, strides, padding),
    ints('ksize', [1, ...filter, 1]),
    bool('workspace_enabled', true),
  ];
}

function hasOneDnnPooling(backend: NativeBackend): boolean {
  return hasOneDnn(backend, '_MklNativeMaxPool', () => {
    const x = tf.zeros([1, 2, 2, 1]);
    const attributes = oneDnnAttributes(backend, [2, 2], [2, 2], 'VALID');
    const [y, workspace] = backend.executeMultipleOutputs('_MklNativeMaxPool', attributes, [x], 2);
    backend.executeSingleOutput('_MklNativeMaxPoolGrad', attributes, [x, y!, y!, workspace!]);
  });
}
