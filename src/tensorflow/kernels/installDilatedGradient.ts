import { takesGradients } from '../native/takesGradients';
import { tf } from '../native/tfjs';
import { replaceGradient } from './replaceKernel';

type Pair = [number, number];

/** What tfjs's op writes into the attributes of a convolution. */
interface ConvAttributes {
  strides: number | Pair;
  pad: 'same' | 'valid' | number | tf.backend_util.ExplicitPadding;
  dataFormat: 'NHWC' | 'NCHW';
  dilations: number | Pair;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** Parts of tfjs's layer `Conv2D` that its types call private or do not export. */
interface Conv2DLayer {
  kernel: tf.LayerVariable;
  bias: tf.LayerVariable | null;
  padding: 'same' | 'valid';
  dataFormat: 'channelsFirst' | 'channelsLast';
  dilationRate: Pair;
  activation: { apply(x: tf.Tensor): tf.Tensor } | null;
}

type Call = (this: Conv2DLayer, inputs: tf.Tensor | tf.Tensor[], kwargs: object) => tf.Tensor;

/**
 * Gives convolutions with a dilation the gradient that tfjs refuses, channels last.
 *
 * With a rate of 2 in both directions, each of the four pictures that are made of every second row and column is convolved
 * without dilation. So is the gradient computed: of those pictures, and put together again. TensorFlow's own convolution
 * is computed so, too.
 *
 * Source: `_WithSpaceToBatch` in tensorflow/python/ops/nn_ops.py
 */
export function installDilatedGradient(): void {
  replaceGradient('Conv2D', (stock) => ({
    ...stock,
    gradFunc: (dy, saved, attributes) => {
      const { dilations, dataFormat, ...attrs } = attributes as unknown as ConvAttributes;
      const rates = [dilations, dilations].flat().slice(0, 2) as Pair;
      if (rates.every((rate) => rate === 1) || dataFormat !== 'NHWC') {
        return stock.gradFunc(dy, saved, attributes);
      }
      const [x, filter] = saved as [tf.Tensor4D, tf.Tensor4D];
      const { padInfo } = tf.backend_util.computeConv2DInfo(
        x.shape,
        filter.shape,
        attrs.strides,
        rates,
        attrs.pad,
        attrs.dimRoundingMode,
      );
      const edges: Pair[] = [
        [padInfo.top, padInfo.bottom],
        [padInfo.left, padInfo.right],
      ];
      // So many rows and columns as each of the pictures has equally many of.
      const more = edges.map(([before, after], i) => {
        const size = before + x.shape[i + 1]! + after;
        return (rates[i]! - (size % rates[i]!)) % rates[i]!;
      });
      const paddings = edges.map(([before, after], i) => [before, after + more[i]!]);
      const plain = { ...attributes, pad: 'valid', dilations: 1 };
      const gradients = () => {
        const dys = tf.spaceToBatchND(
          dy as tf.Tensor,
          rates,
          more.map((size) => [0, size]),
        );
        return stock.gradFunc(dys, [tf.spaceToBatchND(x, rates, paddings), filter], plain);
      };
      return {
        x: () => tf.batchToSpaceND(gradients()['x']!(), rates, paddings),
        filter: () => gradients()['filter']!(),
      };
    },
  }));
  replaceLayerCall();
}

/** In training the layer convolves, adds and activates by one op each: the op for all at once has a gradient of its own. */
function replaceLayerCall(): void {
  const [layer] = tf.serialization.SerializationMap.getMap().classNameMap['Conv2D']!;
  const prototype = layer.prototype as unknown as { call: Call };
  const stock = prototype.call;
  prototype.call = function (inputs, kwargs) {
    const isDilated = this.dilationRate.some((rate) => rate !== 1);
    if (!isDilated || !takesGradients() || this.dataFormat === 'channelsFirst') {
      return stock.call(this, inputs, kwargs);
    }
    return tf.tidy(() => {
      const { kernel, bias, padding, dilationRate, activation } = this;
      const [x] = [inputs].flat() as [tf.Tensor4D];
      const filter = kernel.read() as tf.Tensor4D;
      const convolved = tf.conv2d(x, filter, 1, padding, 'NHWC', dilationRate);
      const y = bias ? tf.add(convolved, bias.read()) : convolved;
      return activation ? activation.apply(y) : y;
    });
  };
}
