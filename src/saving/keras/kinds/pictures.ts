import { AUGMENTATIONS, augmentationClasses } from '../../../models/layers/augmentation';
import { CenterCrop } from '../../../models/layers/centerCrop';
import { Normalization } from '../../../models/layers/normalization';
import { ResizedCrop } from '../../../models/layers/resizedCrop';
import { Resizing } from '../../../models/layers/resizing';
import { tf } from '../../../tensorflow/tf';
import { axisOrNone, interpolation, moments, plain } from '../values/layerValues';
import { image, type LayerKind } from './layerKind';

/** Layers that prepare pictures. */
export const pictures: readonly LayerKind[] = [
  {
    keras: 'Rescaling',
    tfjs: 'Rescaling',
    create: tf.layers.rescaling,
    fields: { scale: plain, offset: plain },
    fixed: {},
  },
  {
    keras: 'Normalization',
    tfjs: 'Normalization',
    create: (args) => new Normalization(args),
    fields: { axis: axisOrNone, invert: plain, mean: moments, variance: moments },
    defaults: { invert: false, mean: null, variance: null },
    fixed: {},
  },
  {
    keras: 'Resizing',
    tfjs: 'Resizing',
    create: (args) => new Resizing(args),
    fields: {
      height: plain,
      width: plain,
      interpolation,
      crop_to_aspect_ratio: plain,
      pad_to_aspect_ratio: plain,
      fill_value: plain,
    },
    fixed: { ...image, fill_mode: 'constant', antialias: false },
  },
  {
    keras: 'CenterCrop',
    tfjs: 'CenterCrop',
    create: (args) => new CenterCrop(args),
    fields: { height: plain, width: plain },
    fixed: image,
  },
  {
    // Also outside of training it gives its own size, as Keras' documentation says.
    keras: 'RandomCrop',
    tfjs: 'Resizing',
    before: 306,
    create: (args) => new ResizedCrop(args),
    fields: { height: plain, width: plain, seed: plain, rng_type: plain },
    fixed: image,
  },
  ...AUGMENTATIONS.map((name): LayerKind => {
    const OfKind = augmentationClasses.get(name)!;
    return {
      // In between it gave a corner of the picture, perhaps resized.
      ...(name === 'RandomCrop' ? { since: 308 } : {}),
      keras: name,
      tfjs: name,
      create: (args) => new OfKind(args),
      fields: {},
      allFields: true,
      fixed: {},
    };
  }),
];
