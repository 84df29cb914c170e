import '../../../models/layers/depthwiseConvolution';
import { Convolution1D } from '../../../models/layers/causalConvolution';
import { GroupedConv1D, GroupedConv2D } from '../../../models/layers/groupedConvolution';
import { tf } from '../../../tensorflow/tf';
import { padding, paddingOfSeries, plain } from '../values/layerValues';
import { image, type LayerKind, output, weight } from './layerKind';

const window = { kernel_size: plain, strides: plain, padding, dilation_rate: plain };

/** Fields of a convolution that goes over all channels at once. */
const convolution = {
  filters: plain,
  ...window,
  ...output,
  ...weight('kernel'),
  ...weight('bias'),
};

/** Convolutions. */
export const convolutions: readonly LayerKind[] = [
  {
    keras: 'Conv1D',
    tfjs: 'Conv1D',
    create: (args) => new Convolution1D(args),
    fields: { ...convolution, padding: paddingOfSeries },
    fixed: { ...image, groups: 1 },
  },
  {
    keras: 'Conv1D',
    tfjs: 'GroupedConv1D',
    create: (args) => new GroupedConv1D(args),
    fields: { ...convolution, padding: paddingOfSeries, groups: plain },
    fixed: image,
  },
  {
    keras: 'Conv2D',
    tfjs: 'Conv2D',
    create: tf.layers.conv2d,
    fields: convolution,
    fixed: { ...image, groups: 1 },
  },
  {
    keras: 'Conv2D',
    tfjs: 'GroupedConv2D',
    create: (args) => new GroupedConv2D(args),
    fields: { ...convolution, groups: plain },
    fixed: image,
  },
  {
    keras: 'Conv2DTranspose',
    tfjs: 'Conv2DTranspose',
    create: tf.layers.conv2dTranspose,
    fields: {
      filters: plain,
      kernel_size: plain,
      strides: plain,
      padding,
      ...output,
      ...weight('kernel'),
      ...weight('bias'),
    },
    fixed: { ...image, output_padding: null, dilation_rate: [1, 1] },
    fixedOnce: { groups: 1 },
  },
  {
    keras: 'DepthwiseConv2D',
    tfjs: 'DepthwiseConv2D',
    create: tf.layers.depthwiseConv2d,
    fields: {
      depth_multiplier: plain,
      ...window,
      ...output,
      ...weight('depthwise'),
      ...weight('bias'),
    },
    fixed: image,
    fixedOnce: { groups: 1 },
  },
  {
    keras: 'SeparableConv2D',
    tfjs: 'SeparableConv2D',
    create: tf.layers.separableConv2d,
    fields: {
      filters: plain,
      depth_multiplier: plain,
      ...window,
      ...output,
      ...weight('depthwise'),
      ...weight('pointwise'),
      ...weight('bias'),
    },
    fixed: image,
    fixedOnce: { groups: 1 },
  },
];
