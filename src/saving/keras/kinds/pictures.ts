import { AUGMENTATIONS } from '../../../models/layers/augmentation';
import '../../../models/layers/centerCrop';
import '../../../models/layers/normalization';
import { ResizedCrop } from '../../../models/layers/resizedCrop';
import { axisOrNone, interpolation, moments, plain } from '../values/layerValues';
import { image, layerKind, plainFields } from './layerKind';

const size = plainFields('height', 'width');

/** Layers that prepare pictures. */
export const pictures = [
  layerKind('Rescaling', plainFields('scale', 'offset')),
  layerKind(
    'Normalization',
    { axis: axisOrNone, invert: plain, mean: moments, variance: moments },
    { defaults: { invert: false, mean: null, variance: null } },
  ),
  layerKind(
    'Resizing',
    {
      ...size,
      interpolation,
      ...plainFields('crop_to_aspect_ratio', 'pad_to_aspect_ratio', 'fill_value'),
    },
    { fixed: { ...image, fill_mode: 'constant', antialias: false } },
  ),
  layerKind('CenterCrop', size, { fixed: image }),
  // Also outside of training it gives its own size, as Keras' documentation says.
  layerKind(
    'RandomCrop',
    { ...size, ...plainFields('seed', 'rng_type') },
    { tfjs: 'Resizing', madeBy: ResizedCrop, before: 306, fixed: image },
  ),
  ...AUGMENTATIONS.map((name) =>
    layerKind(
      name,
      {},
      {
        // In between it gave a corner of the picture, perhaps resized.
        ...(name === 'RandomCrop' ? { since: 308 } : {}),
        allFields: true,
      },
    ),
  ),
];
