import { tf } from '../native/tfjs';
import { type Conv2DLayer, type ConvAttributes, replaceConvolution } from './conv2DLayer';
import { replaceGradient } from './replaceKernel';

type Pair = [number, number];

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
  replaceConvolution(convolve);
}

function convolve(layer: Conv2DLayer, x: tf.Tensor4D): tf.Tensor | undefined {
  const { kernel, bias, padding, dilationRate, dataFormat } = layer;
  if (dilationRate.every((rate) => rate === 1) || dataFormat === 'channelsFirst') return undefined;
  const convolved = tf.conv2d(x, kernel.read() as tf.Tensor4D, 1, padding, 'NHWC', dilationRate);
  return bias ? tf.add(convolved, bias.read()) : convolved;
}
