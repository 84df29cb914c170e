import '../../../models/layers/causalConvolution';
import '../../../models/layers/depthwiseConvolution';
import '../../../models/layers/groupedConvolution';
import { padding, paddingOfSeries, plain } from '../values/layerValues';
import { image, layerKind, output, plainFields, weight } from './layerKind';

const window = { ...plainFields('kernel_size', 'strides'), padding, ...output, ...weight('bias') };

/** Fields of a convolution that goes over all channels at once. */
const transposed = { filters: plain, ...window, ...weight('kernel') };
const ofPicture = { ...transposed, dilation_rate: plain };
const ofSeries = { ...ofPicture, padding: paddingOfSeries };

const depthwise = {
  ...plainFields('depth_multiplier', 'dilation_rate'),
  ...window,
  ...weight('depthwise'),
};
const separable = { filters: plain, ...depthwise, ...weight('pointwise') };

/** Groups, as Keras writes them of every layer of a class, or as older versions did. */
const ungrouped = { fixed: { ...image, groups: 1 } };
const ungroupedOnce = { fixed: image, fixedOnce: { groups: 1 } };

/** Convolutions. */
export const convolutions = [
  layerKind('Conv1D', ofSeries, ungrouped),
  layerKind('Conv1D', { ...ofSeries, groups: plain }, { tfjs: 'GroupedConv1D', fixed: image }),
  layerKind('Conv2D', ofPicture, ungrouped),
  layerKind('Conv2D', { ...ofPicture, groups: plain }, { tfjs: 'GroupedConv2D', fixed: image }),
  layerKind('Conv2DTranspose', transposed, {
    fixed: { ...image, output_padding: null, dilation_rate: [1, 1] },
    fixedOnce: { groups: 1 },
  }),
  layerKind('DepthwiseConv2D', depthwise, ungroupedOnce),
  layerKind('SeparableConv2D', separable, ungroupedOnce),
];
