import { nativeBackend, opAttributes, type NativeBackend } from '../native/nativeBackend';
import { takesGradients } from '../native/takesGradients';
import { tf } from '../native/tfjs';
import { hasOneDnn, oneDnnLabel } from './oneDnn';
import { replaceKernel } from './replaceKernel';

const OP = '_MklNativeConv2DWithBias';

type ConvInfo = Parameters<typeof tf.backend_util.computeConv2DInfo>;

/** What tfjs's ops write into the attributes of a convolution. */
interface ConvAttributes {
  strides: ConvInfo[2];
  pad: ConvInfo[4];
  dataFormat: 'NHWC' | 'NCHW';
  dilations: ConvInfo[3];
  dimRoundingMode?: ConvInfo[5];
}

interface FusedAttributes extends ConvAttributes {
  activation?: Parameters<NativeBackend['applyActivation']>[1];
  leakyreluAlpha?: number;
}

/** Parts of tfjs's layer `Conv2D` that its types call private or do not export. */
interface Conv2DLayer {
  kernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  strides: [number, number];
  padding: 'same' | 'valid';
  dataFormat: 'channelsFirst' | 'channelsLast';
  dilationRate: [number, number];
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
}

interface ConvInputs {
  x: tf.TensorInfo;
  filter: tf.TensorInfo;
  bias: tf.TensorInfo;
}

type Call = (this: Conv2DLayer, inputs: tf.Tensor | tf.Tensor[], kwargs: object) => tf.Tensor;

/**
 * A convolution that adds its bias while it writes its result, by oneDNN's op, bit-equal to the two ops that tfjs runs:
 * the layer `Conv2D` in training, and `tf.fused.conv2d` in prediction. float32, channels last, no dilation, "same" or
 * "valid" padding, a bias `[filters]`, on a CPU whose build has the op. The rest is tfjs's own.
 */
export function installConvWithBias(): void {
  tf.registerKernel({
    kernelName: 'Conv2DWithBias',
    backendName: 'tensorflow',
    kernelFunc: ({ inputs, attrs, backend }) => {
      const tensors = inputs as unknown as ConvInputs;
      const y = runConvWithBias(
        backend as NativeBackend,
        tensors,
        attrs as unknown as ConvAttributes,
      );
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
    const backend = args.backend as NativeBackend;
    const { x, filter, bias, preluActivationWeights } = args.inputs as unknown as ConvInputs & {
      preluActivationWeights?: tf.Tensor;
    };
    const { activation, leakyreluAlpha, ...attrs } = args.attrs as unknown as FusedAttributes;
    const sum = bias && runConvWithBias(backend, { x, filter, bias }, attrs);
    if (!sum) return stock(args);
    const y = backend.applyActivation(sum, activation!, preluActivationWeights, leakyreluAlpha);
    if (y !== sum) sum.dispose();
    return y;
  });
  replaceLayerCall();
}

function runConvWithBias(
  backend: NativeBackend,
  { x, filter, bias }: ConvInputs,
  attrs: ConvAttributes,
): tf.Tensor | undefined {
  const attributes = convAttributes(backend, { x, filter, bias }, attrs);
  return attributes && backend.executeSingleOutput(OP, attributes, [x, filter, bias]);
}

/** In training the layer convolves, adds and activates by one op each, since tfjs knows no gradient of all at once. */
function replaceLayerCall(): void {
  const [layer] = tf.serialization.SerializationMap.getMap().classNameMap['Conv2D']!;
  const prototype = layer.prototype as unknown as { call: Call };
  const stock = prototype.call;
  prototype.call = function (inputs, kwargs) {
    const y = tf.tidy(() => (takesGradients() ? convolve(this, inputs) : undefined));
    return y ?? stock.call(this, inputs, kwargs);
  };
}

function convolve(layer: Conv2DLayer, inputs: tf.Tensor | tf.Tensor[]): tf.Tensor | undefined {
  const backend = nativeBackend();
  const [x, ...others] = Array.isArray(inputs) ? inputs : [inputs];
  if (!backend || !x || others.length > 0 || !layer.bias) return undefined;
  const tensors = { x, filter: layer.kernel.read(), bias: layer.bias.read() };
  const attributes: ConvAttributes = {
    strides: layer.strides,
    pad: layer.padding,
    dataFormat: layer.dataFormat === 'channelsFirst' ? 'NCHW' : 'NHWC',
    dilations: layer.dilationRate,
  };
  if (!convAttributes(backend, tensors, attributes)) return undefined;
  const y = tf.engine().runKernel('Conv2DWithBias', tensors, { ...attributes }) as tf.Tensor;
  return layer.activation ? layer.activation.apply(y) : y;
}

/** The attributes of oneDNN's op, or undefined for a case that it is not given. */
function convAttributes(
  backend: NativeBackend,
  { x, filter, bias }: ConvInputs,
  { strides, pad, dataFormat, dilations, dimRoundingMode }: ConvAttributes,
) {
  if ([x, filter, bias].some(({ dtype }) => dtype !== 'float32')) return undefined;
  if (dataFormat !== 'NHWC' || x.shape.length !== 4) return undefined;
  if (x.shape[3] !== filter.shape[2]) return undefined;
  if (bias.shape.length !== 1 || bias.shape[0] !== filter.shape[3]) return undefined;
  const conv = tf.backend_util.computeConv2DInfo(
    x.shape as ConvInfo[0],
    filter.shape as ConvInfo[1],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  );
  const padding = conv.padInfo.type;
  if (padding !== 'SAME' && padding !== 'VALID') return undefined;
  if (conv.dilationHeight !== 1 || conv.dilationWidth !== 1) return undefined;
  if (tf.util.sizeFromShape(x.shape) === 0 || conv.outHeight < 1 || conv.outWidth < 1) {
    return undefined;
  }
  if (!hasConvWithBias(backend)) return undefined;
  return oneDnnAttributes(backend, [conv.strideHeight, conv.strideWidth], padding);
}

function oneDnnAttributes(
  backend: NativeBackend,
  strides: [number, number],
  padding: 'SAME' | 'VALID',
) {
  const attribute = opAttributes(backend);
  return [
    attribute.float('T'),
    attribute.ints('strides', [1, ...strides, 1]),
    attribute.string('padding', padding),
    attribute.string('data_format', 'NHWC'),
    attribute.ints('dilations', [1, 1, 1, 1]),
    oneDnnLabel(backend),
  ];
}

function hasConvWithBias(backend: NativeBackend): boolean {
  return hasOneDnn(backend, OP, () => {
    const attributes = oneDnnAttributes(backend, [1, 1], 'VALID');
    const inputs = [tf.zeros([1, 1, 1, 1]), tf.zeros([1, 1, 1, 1]), tf.zeros([1])];
    backend.executeSingleOutput(OP, attributes, inputs);
  });
}
