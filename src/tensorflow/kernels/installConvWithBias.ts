import {
  attribute,
  nativeBackend,
  nativeLibrary,
  type NativeBackend,
} from '../native/nativeBackend';
import { tf } from '../native/tfjs';
import { type Conv2DLayer, type ConvAttributes, replaceConvolution } from './conv2DLayer';
import { hasOneDnn, oneDnnPadding, type Padding, windowAttributes } from './oneDnn';
import { replaceKernel } from './replaceKernel';

const OP = '_MklNativeConv2DWithBias';

interface FusedAttributes extends ConvAttributes {
  activation?: Parameters<NativeBackend['applyActivation']>[1];
  leakyreluAlpha?: number;
}

interface ConvInputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias: tf.TensorInfo;
}

/**
 * A convolution that adds its bias while it writes its result, by oneDNN's op, bit-equal to the two ops that tfjs runs:
 * the layer `Conv2D` in training, and `tf.fused.conv2d` in prediction. float32, channels last, no dilation, "same" or
 * "valid" padding, a bias `[filters]`, on a CPU whose build has the op. The rest is tfjs's own.
 */
export function installConvWithBias(): void {
  tf.registerKernel({
    kernelName: 'Conv2DWithBias',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs }) => {
      const tensors = inputs as unknown as ConvInputs;
      const y = runConvWithBias(tensors, attrs as unknown as ConvAttributes);
      if (!y) throw new TypeError('Conv2DWithBias is only for what convAttributes() takes');
      return y;
    },
  });
  tf.registerGradient({
    kernelName: 'Conv2DWithBias',
    inputsToSave: ['x', 'filter', 'bias'],
    gradFunc: (dy, saved, attrs) => {
      const [x, filter, bias] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
      const ofConv = tf.getGradient('Conv2D').gradFunc(dy, [x, filter], attrs);
      const ofAdd = tf.getGradient('Add').gradFunc(dy, [dy as tf.Tensor, bias], {});
      return { x: ofConv['x']!, filter: ofConv['filter']!, bias: ofAdd['b']! };
    },
  });
  replaceKernel('FusedConv2D', (args, stock) => {
    const { x, filter, bias, preluActivationWeights } = args.inputs as unknown as ConvInputs & {
      preluActivationWeights?: tf.Tensor;
    };
    const { activation, leakyreluAlpha, ...attrs } = args.attrs as unknown as FusedAttributes;
    const sum = bias && runConvWithBias({ x, filter, bias }, attrs);
    if (!sum) return stock(args);
    const y = nativeLibrary().applyActivation(
      sum,
      activation!,
      preluActivationWeights,
      leakyreluAlpha,
    );
    if (y !== sum) sum.dispose();
    return y;
  });
  replaceConvolution(convolve);
}

function runConvWithBias(
  { x, filter, bias }: ConvInputs,
  attrs: ConvAttributes,
): tf.Tensor | undefined {
  const attributes = convAttributes({ x, filter, bias }, attrs);
  return attributes && nativeLibrary().executeSingleOutput(OP, attributes, [x, filter, bias]);
}

function convolve(layer: Conv2DLayer, x: tf.Tensor4D): tf.Tensor | undefined {
  if (!nativeBackend() || !layer.bias) return undefined;
  const tensors = { x, filter: layer.kernel.read(), bias: layer.bias.read() };
  const attributes: ConvAttributes = {
    strides: layer.strides,
    pad: layer.padding,
    dataFormat: layer.dataFormat === 'channelsFirst' ? 'NCHW' : 'NHWC',
    dilations: layer.dilationRate,
  };
  if (!convAttributes(tensors, attributes)) return undefined;
  return tf.engine().runKernel('Conv2DWithBias', tensors, { ...attributes }) as tf.Tensor;
}

/** The attributes of oneDNN's op, or undefined for a case that it is not given. */
function convAttributes(
  { x, filter, bias }: ConvInputs,
  { strides, pad, dataFormat, dilations, dimRoundingMode }: ConvAttributes,
) {
  if ([x, filter, bias].some(({ dtype }) => dtype !== 'float32')) return undefined;
  if (dataFormat !== 'NHWC' || x.shape.length !== 4) return undefined;
  if (x.shape[3] !== filter.shape[2]) return undefined;
  if (bias.shape.length !== 1 || bias.shape[0] !== filter.shape[3]) return undefined;
  // After one with a single weight TensorFlow fails in depthwise convolutions of a single weight.
  if (tf.util.sizeFromShape(filter.shape) === 1) return undefined;
  const conv = tf.backend_util.computeConv2DInfo(
    x.shape as tf.Tensor4D['shape'],
    filter.shape as tf.Tensor4D['shape'],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  if (conv.dilationHeight !== 1 || conv.dilationWidth !== 1) return undefined;
  const padding = oneDnnPadding(x, conv);
  if (!padding || !hasConvWithBias()) return undefined;
  return oneDnnAttributes([conv.strideHeight, conv.strideWidth], padding);
}

function oneDnnAttributes(strides: [number, number], padding: Padding) {
  const dilations = attribute.ints('dilations', [1, 1, 1, 1]);
  return [...windowAttributes(strides, padding), dilations];
}

function hasConvWithBias(): boolean {
  return hasOneDnn(nativeLibrary(), OP, () => {
    const attributes = oneDnnAttributes([1, 1], 'VALID');
    const inputs = [tf.zeros([1, 1, 1, 1]), tf.zeros([1, 1, 1, 2]), tf.zeros([2])];
    nativeLibrary().executeSingleOutput(OP, attributes, inputs);
  });
}
