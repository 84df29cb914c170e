import '../../../models/layers/globalAveragePooling1D';
import '../../../models/layers/globalPooling';
import { padding } from '../values/layerValues';
import { image, layerKind, plainFields } from './layerKind';

const window = { ...plainFields('pool_size', 'strides'), padding };
const withoutSides = { ...image, keepdims: false };
const withSides = { ...image, keepdims: true };

/** Pooling, of windows and of all at once. */
export const poolings = [
  layerKind('MaxPooling1D', window, { fixed: image }),
  layerKind('MaxPooling2D', window, { fixed: image }),
  layerKind('AveragePooling1D', window, { fixed: image }),
  layerKind('AveragePooling2D', window, { fixed: image }),
  layerKind('GlobalAveragePooling1D', {}, { fixed: withoutSides }),
  layerKind('GlobalMaxPooling1D', {}, { fixed: withoutSides }),
  layerKind('GlobalAveragePooling2D', {}, { fixed: withoutSides }),
  layerKind('GlobalMaxPooling2D', {}, { fixed: withoutSides }),
  layerKind('GlobalAveragePooling2D', {}, { tfjs: 'GlobalAverage', fixed: withSides }),
  layerKind('GlobalMaxPooling2D', {}, { tfjs: 'GlobalMax', fixed: withSides }),
];
