import '../../../models/layers/flatten';
import '../../../models/layers/getItem';
import '../../../models/layers/layerScale';
import '../../../models/layers/reshape';
import '../../../models/layers/scaledSum';
import '../../../models/layers/stack';
import '../../../models/layers/subtract';
import '../../../models/layers/upSampling';
import { axis, interpolation, openShape, plain } from '../values/layerValues';
import { image, layerKind, OPERATION, plainFields } from './layerKind';

/** Layers that give tensors another shape, and those that join several. */
export const shapes = [
  layerKind('Flatten', {}, { fixed: image }),
  layerKind('Reshape', { target_shape: openShape }),
  layerKind('Permute', plainFields('dims')),
  layerKind('RepeatVector', plainFields('n')),
  layerKind('ZeroPadding2D', plainFields('padding'), { fixed: image }),
  layerKind('Cropping2D', plainFields('cropping'), { fixed: image }),
  layerKind('UpSampling2D', { size: plain, interpolation }, { fixed: image }),
  layerKind('Add'),
  layerKind('Subtract'),
  layerKind('Multiply'),
  layerKind('Average'),
  layerKind('Maximum'),
  layerKind('Minimum'),
  layerKind('Concatenate', { axis }),
  layerKind('GetItem', plainFields('parts'), { module: OPERATION }),
  layerKind('Stack', plainFields('axis'), { module: OPERATION }),
  layerKind('LayerScale', plainFields('init_values', 'projection_dim'), {
    module: 'keras.src.applications.convnext',
  }),
  layerKind('CustomScaleLayer', plainFields('scale'), {
    module: 'keras.src.applications.inception_resnet_v2',
    tfjs: 'ScaledSum',
  }),
];
